namespace NativePlugins.Host.Manifests;

/// <summary>The fields that a manifest may leave out although a library's description has them.</summary>
[Flags]
internal enum UnstatedFields
{
    None = 0,
    Language = 1,
    Runtime = 2,
    RuntimeVersion = 4,
}
