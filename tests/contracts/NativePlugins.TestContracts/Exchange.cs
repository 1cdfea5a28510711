using System.Diagnostics.CodeAnalysis;

namespace NativePlugins.TestContracts;

/// <summary>The contract's members in C#.</summary>
public class Exchange : Figures, IExchange
{
    /// <inheritdoc/>
    public void Spread(
        string text, string? note, Person person, IReadOnlyList<string> texts, int[] numbers, Figure? figure,
        out string outText, out string? outNote, out Person outPerson, out IReadOnlyList<string> outTexts, out int[] outNumbers, out Figure? outFigure) =>
        (outText, outNote, outPerson, outTexts, outNumbers, outFigure) = (text, note, person, texts, numbers, figure);

    /// <inheritdoc/>
    public bool TryFind(string name, [NotNullWhen(true)] out Person? person)
    {
        person = name == "Ada" ? new Person("Ada", 36) { Mode = Mode.Fast } : null;
        return person is not null;
    }

    /// <inheritdoc/>
    public string Measure(string text, out int length, out (int Length, string? Text) both)
    {
        ArgumentNullException.ThrowIfNull(text);
        length = System.Text.Encoding.UTF8.GetByteCount(text);
        both = (length, text);
        return text;
    }

    /// <inheritdoc/>
    public void Change(ref string text, ref string? note, ref Address? address, ref List<long>? numbers, ref Point[] points, ref (int Number, string Text) pair)
    {
        if (text == "fail")
        {
            throw new InvalidOperationException("as it was asked to");
        }

        text += "!";
        note = note is null ? "text" : null;
        address = address is null ? new Address("street", new Point(1, 2)) : null;
        numbers = numbers is null ? [1, 2, 3] : null;
        pair.Number++;
    }
}
