using System.ComponentModel;

namespace NativePlugins.Contracts.Interop;

/// <summary>What the build writes to files: the C header of a contract and the record of its members, or the Rust file of all contracts. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContractFilesAttribute : Attribute
{
    /// <summary>The name of the C header or the Rust file.</summary>
    public string HeaderName { get; set; } = "";

    /// <summary>Its text.</summary>
    public string Header { get; set; } = "";

    /// <summary>The name of the record; empty where there is none.</summary>
    public string RecordName { get; set; } = "";

    /// <summary>The record.</summary>
    public string Record { get; set; } = "";
}
