using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;

namespace NativePlugins.Contracts.Tasks;

/// <summary>Writes the C headers of the contracts in an assembly and its Rust file, and when asked to the records of their members.</summary>
public sealed class WriteContractFiles : ITask
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Set by MSBuild.</summary>
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <summary>Set by MSBuild.</summary>
    public ITaskHost HostObject { get; set; } = null!;

    /// <summary>The compiled assembly.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>Where the headers and the Rust file go.</summary>
    [Required]
    public string HeaderDirectory { get; set; } = "";

    /// <summary>Where the records go; empty when they are left as they are.</summary>
    public string RecordDirectory { get; set; } = "";

    /// <summary>The headers and the Rust file.</summary>
    [Output]
    public string[] Headers { get; set; } = [];

    /// <summary>Writes the files that are not there, or not the same.</summary>
    public bool Execute()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> contracts;
        using (FileStream stream = File.OpenRead(Assembly))
        {
            contracts = ContractFiles.Read(stream);
        }

        Headers = [.. contracts.Select(contract => Write(HeaderDirectory, contract["HeaderName"], contract["Header"]))];
        if (RecordDirectory.Length > 0)
        {
            foreach (IReadOnlyDictionary<string, string> contract in contracts.Where(contract => contract.ContainsKey("RecordName")))
            {
                string path = Write(RecordDirectory, contract["RecordName"], contract["Record"]);
                BuildEngine.LogMessageEvent(new BuildMessageEventArgs(
                    $"recorded what the contract ships: {path}", helpKeyword: null, nameof(WriteContractFiles), MessageImportance.High));
            }
        }

        return true;
    }

    private static string Write(string directory, string name, string text)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, name);
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path, text, s_utf8);
        }

        return path;
    }
}
