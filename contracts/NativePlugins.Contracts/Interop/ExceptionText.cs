namespace NativePlugins.Contracts.Interop;

/// <summary>An exception's texts, also of one whose own members throw. The SDK is compiled with this file too.</summary>
internal static class ExceptionText
{
    public static string Type(Exception exception) => exception.GetType().FullName ?? exception.GetType().Name;

    public static string Message(Exception exception) => Safely(exception, static e => e.Message);

    /// <summary>Where it was thrown, and what caused it.</summary>
    public static string Detail(Exception exception) => Safely(
        exception,
        static e => e.InnerException is { } inner ? $"{e.StackTrace}{Environment.NewLine}Caused by: {inner}" : e.StackTrace);

    /// <summary>Type, message, stack trace and causes.</summary>
    public static string Full(Exception exception) => Safely(exception, static e => e.ToString());

    private static string Safely(Exception exception, Func<Exception, string?> read)
    {
        try
        {
            return read(exception) ?? "";
        }
        catch (Exception other)
        {
            return $"(not available: reading it threw {Type(other)})";
        }
    }
}
