namespace NativePlugins.Sdk;

/// <summary>
/// Marks the one class of a project that is the plugin. The class is created once for each instance that the host
/// creates, through a constructor without parameters or with one <see cref="PluginContext"/>.
/// </summary>
/// <remarks>
/// What the class can do is in the interfaces that it implements: <see cref="ICommand"/>, <see cref="IStartable"/>, <see cref="IStateful"/>,
/// <see cref="INativeServices"/>, <see cref="IDisposable"/>.
/// </remarks>
/// <param name="id">
/// The plugin's id, unique for good: a letter a-z or a digit first, then letters a-z, digits, '_', '.' and '-';
/// 64 characters at most.
/// </param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PluginAttribute(string id) : Attribute
{
    /// <summary>The plugin's id.</summary>
    public string Id { get; } = id;

    /// <summary>The plugin's name for people, 1 to 256 bytes of UTF-8. The id, when it is not set.</summary>
    public string? Name { get; set; }

    /// <summary>The plugin's version, Semantic Versioning 2.0.0, 128 characters at most. It must be set.</summary>
    public string? Version { get; set; }
}
