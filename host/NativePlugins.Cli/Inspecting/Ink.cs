namespace NativePlugins.Cli;

/// <summary>Colours text, or leaves it plain.</summary>
internal readonly record struct Ink(bool IsColored)
{
    public string Good(string text) => Paint("32", text);

    public string Bad(string text) => Paint("1;31", text);

    public string Strong(string text) => Paint("1", text);

    public string Faint(string text) => Paint("2", text);

    public string Warning(string text) => Paint("33", text);

    private string Paint(string code, string text) => IsColored ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
