using System.Text;

namespace NativePlugins.Contracts.Generators;

/// <summary>Lines of code with their indentation.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public CodeText Line(string line = "")
    {
        if (line.Length > 0 && line[0] != '#')
        {
            _text.Append(' ', 4 * _depth);
        }

        _text.Append(line).Append('\n');
        return this;
    }

    /// <summary>Text that has been written elsewhere.</summary>
    public CodeText Lines(string lines)
    {
        _text.Append(lines);
        return this;
    }

    public CodeText Open(string line = "")
    {
        if (line.Length > 0)
        {
            Line(line);
        }

        Line("{");
        _depth++;
        return this;
    }

    public CodeText Close(string end = "}")
    {
        _depth--;
        return Line(end);
    }

    public override string ToString() => _text.ToString();
}
