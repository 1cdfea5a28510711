using System.Collections.ObjectModel;
using NativePlugins.Binary.Files;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// The places where one library was looked for. They are counted for a whole tree: a file can name so many libraries and directories that
/// looking for each library in each directory would use up all time and memory.
/// </summary>
/// <param name="budget">What the tree may still use.</param>
/// <param name="path">The file that asks.</param>
internal sealed class SearchedPlaces(SearchedPlaces.Budget budget, string path) : Collection<string>
{
    private const int MaxPlaces = 1 << 18;
    private const int MaxText = 8 << 20;

    private int _text;

    /// <summary>Keeps these places. Their text counts against the budget from now on.</summary>
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

        /// <summary>The length of the text that is kept, in characters.</summary>
        public int Text { get; set; }
    }
}
