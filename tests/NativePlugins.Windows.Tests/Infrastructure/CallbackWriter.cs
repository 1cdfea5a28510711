namespace NativePlugins.Windows.Tests;

/// <summary>Keeps what is written, and tells all of it each time.</summary>
internal sealed class CallbackWriter(Action<string> onText) : StringWriter
{
    public string Text => ToString();

    public override void Write(char[] buffer, int index, int count)
    {
        base.Write(buffer, index, count);
        onText(ToString());
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        base.Write(buffer);
        onText(ToString());
    }

    public override void Write(string? value)
    {
        base.Write(value);
        onText(ToString());
    }
}
