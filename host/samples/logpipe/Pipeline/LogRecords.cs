using Logs;

namespace LogPipe;

/// <summary>What the application does with records.</summary>
internal static class LogRecords
{
    /// <summary>The same with one field more, or another value of one.</summary>
    public static LogRecord With(this LogRecord record, string name, string value) =>
        record with { Fields = new Dictionary<string, string>(record.Fields, StringComparer.Ordinal) { [name] = value } };
}
