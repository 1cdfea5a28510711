using System.Collections.ObjectModel;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// The places where one library was looked for. All of a tree are counted together: a file can name so many libraries and
/// directories that looking for each in each would take all time and memory.
/// </summary>
/// <param name="budget">What the tree has left.</param>
/// <param name="path">The file that asks.</param>
internal sealed class SearchedPlaces(SearchedPlaces.Budget budget, string path) : Collection<string>
{
    private const int MaxPlaces = 1 << 18;
    private const int MaxText = 8 << 20;

    private int _text;

    /// <summary>These are kept: their text counts from now on.</summary>
    public IReadOnlyList<string> Keep()
    {
        budget.Text += _text;
        return this;
    }

    protected override void InsertItem(int index, string item)
    {
        if (++budget.Places > MaxPlaces)
        {
            throw FileFailures.Malformed(path, "the libraries that it needs", $"a search in at most {MaxPlaces:N0} places", "more").ToException();
        }

        if ((_text += item.Length) > MaxText - budget.Text)
        {
            throw FileFailures.Malformed(path, "the libraries that it needs", $"places of at most {MaxText:N0} characters in all", "more").ToException();
        }

        base.InsertItem(index, item);
    }

    /// <summary>How much has been searched for one tree.</summary>
    internal sealed class Budget
    {
        public int Places { get; set; }

        /// <summary>In characters, of what is kept.</summary>
        public int Text { get; set; }
    }
}
