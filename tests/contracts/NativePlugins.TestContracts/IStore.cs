using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>What the application offers to plugins.</summary>
[PluginContract("test.store")]
public partial interface IStore
{
    /// <summary>Reads a value.</summary>
    /// <returns>The value; empty when there is none.</returns>
    string Read(string key);

    /// <summary>Writes a value.</summary>
    void Write(string key, ReadOnlySpan<byte> value);
}

/// <summary>What a plugin does with the application's store.</summary>
[PluginContract("test.store_user")]
public partial interface IStoreUser
{
    /// <summary>Reads a value of the application's store; "no store" when there is none.</summary>
    string Fetch(string key);

    /// <summary>Writes a value to the application's store.</summary>
    void Keep(string key, ReadOnlySpan<byte> value);
}
