using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Properties of each kind.</summary>
[PluginContract("test.settings")]
public partial interface ISettings
{
    /// <summary>What it is called.</summary>
    /// <value>Any text but "refused", which is an error.</value>
    string Name { get; set; }

    /// <summary>How far it goes.</summary>
    int Level { get; set; }

    /// <summary>Whether it does anything.</summary>
    bool IsOn { get; set; }

    /// <summary>How it does it.</summary>
    Mode Mode { get; set; }

    /// <summary>Where it does it.</summary>
    Box Box { get; set; }

    /// <summary>Something that can be written and not read.</summary>
    string Secret { set; }

    /// <summary>The bytes of the secret in UTF-8, from the last to the first.</summary>
    byte[] SecretBytes { get; }

    /// <summary>How loud it is, read and written without telling the garbage collector.</summary>
    [FastCall]
    double Gain { get; set; }

    /// <summary>What people see; an older one has the name instead.</summary>
    [ContractMinor(1)]
    string Title { get => $"{Name}, by default"; set => Name = $"titled {value}"; }
}
