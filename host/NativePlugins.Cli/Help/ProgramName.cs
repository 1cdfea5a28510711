namespace NativePlugins.Cli;

/// <summary>The name that this program was installed under.</summary>
internal static class ProgramName
{
    /// <summary>Texts that the library or the catalogue holds call the program <c>host</c>: here is its own name instead.</summary>
    public static string In(string text) => text.Replace("`host ", $"`{Product.Name} ", StringComparison.Ordinal);
}
