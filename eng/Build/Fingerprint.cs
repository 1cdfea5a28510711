using System.Security.Cryptography;
using System.Text;

namespace NativePlugins.Build;

/// <summary>
/// Tells whether a step may be skipped: its inputs have the same bytes, and its outputs the same size and time, as when it
/// last succeeded. Anything else, a missing record included, means that it runs.
/// </summary>
internal sealed class Fingerprint(Workspace workspace, string step)
{
    private string Record => Path.Combine(workspace.Artifacts, "fingerprints", step + ".txt");

    /// <summary>One hash over the contents and names of files and over what else the result depends on.</summary>
    public string Of(IEnumerable<string> files, params string[] others)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(workspace.Relative(file) + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', others)));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public bool IsCurrent(string inputs) =>
        File.Exists(Record)
        && File.ReadAllLines(Record) is [var before, .. var outputs]
        && before == inputs
        && outputs.All(line => line == State(line.Split('\t')[0]));

    public void Save(string inputs, IEnumerable<string> outputs)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Record)!);
        File.WriteAllLines(Record, [inputs, .. outputs.Select(path => State(workspace.Relative(path)))]);
    }

    /// <summary>What the step left when it last succeeded, present or not.</summary>
    public IReadOnlyList<string> Outputs() =>
        File.Exists(Record)
            ? [.. File.ReadAllLines(Record).Skip(1).Select(line => Path.Combine(workspace.Root, line.Split('\t')[0]))]
            : [];

    private string State(string relative)
    {
        var file = new FileInfo(Path.Combine(workspace.Root, relative));
        return file.Exists ? $"{relative}\t{file.Length}\t{file.LastWriteTimeUtc.Ticks}" : $"{relative}\tmissing";
    }
}
