using NativePlugins.Binary.Dependencies;

namespace NativePlugins.Binary.Tests;

/// <summary>A test that uses the cache of this system's loader; skipped if there is none, as on musl.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoaderCacheFactAttribute : FactAttribute
{
    public LoaderCacheFactAttribute() => Skip = File.Exists(LdSoCache.Location) ? null : $"there is no {LdSoCache.Location}";
}
