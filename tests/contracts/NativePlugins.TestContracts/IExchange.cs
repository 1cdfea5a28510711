using System.Diagnostics.CodeAnalysis;
using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>What has pointers in it as out and ref.</summary>
[PluginContract("test.exchange")]
[SuppressMessage("Design", "CA1045", Justification = "It is what is tested.")]
public partial interface IExchange
{
    /// <summary>Gives each value back through an out parameter.</summary>
    void Spread(
        string text, string? note, Person person, IReadOnlyList<string> texts, int[] numbers, Figure? figure,
        out string outText, out string? outNote, out Person outPerson, out IReadOnlyList<string> outTexts, out int[] outNumbers, out Figure? outFigure);

    /// <summary>Whether there is somebody of that name: there is "Ada".</summary>
    bool TryFind(string name, [NotNullWhen(true)] out Person? person);

    /// <summary>The text, its length, and the text once more with that in a tuple.</summary>
    string Measure(string text, out int length, out (int Length, string? Text) both);

    /// <summary>Gives null where there was something, and what each type has where there was null; puts "!" behind the text, and adds 1 to the number. Fails if the text is "fail".</summary>
    /// <exception cref="InvalidOperationException">The text is "fail"; nothing has changed.</exception>
    void Change(ref string text, ref string? note, ref Address? address, ref List<long>? numbers, ref Point[] points, ref (int Number, string Text) pair);
}
