using System.Globalization;
using System.Text;
using NativePlugins.Binary;

namespace NativePlugins.Cli;

/// <summary>Counts the verdicts on several files.</summary>
internal sealed class InspectionSummary
{
    private readonly SortedDictionary<string, int> _refused = new(StringComparer.Ordinal);
    private int _files;
    private int _loadable;
    private int _executables;

    /// <summary>The highest of all.</summary>
    public int ExitCode { get; private set; }

    public void Add(BinaryInspection inspection, int exitCode)
    {
        ExitCode = Math.Max(ExitCode, exitCode);
        _files++;
        if (inspection.Verdict.IsLoadable)
        {
            _loadable++;
        }
        else if (inspection.Kind == BinaryKind.Executable)
        {
            _executables++;
        }
        else
        {
            BinaryReason reason = inspection.Verdict.Reasons[0];
            string key = $"{reason.Code} {reason.Title}";
            _refused[key] = _refused.GetValueOrDefault(key) + 1;
        }
    }

    public string ToText()
    {
        var text = new StringBuilder(_files == 0 ? "" : "\n");
        text.Append(CultureInfo.InvariantCulture, $"{_files} {(_files == 1 ? "file" : "files")}: {_loadable} can be loaded");
        if (_executables > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", {_executables} {(_executables == 1 ? "is an executable" : "are executables")}");
        }

        text.Append(CultureInfo.InvariantCulture, $", {_refused.Values.Sum()} cannot\n");
        foreach ((string reason, int count) in _refused)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {count,6}  {reason}\n");
        }

        return text.ToString();
    }
}
