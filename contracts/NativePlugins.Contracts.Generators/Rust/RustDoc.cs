namespace NativePlugins.Contracts.Generators;

/// <summary>Documentation comments of a Rust file.</summary>
internal static class RustDoc
{
    public static void Write(CodeText code, string text, string indentation = "")
    {
        if (text.Length > 0)
        {
            HeaderComment.WriteBody(code, text, $"{indentation}/// ");
        }
    }
}
