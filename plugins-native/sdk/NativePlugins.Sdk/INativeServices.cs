namespace NativePlugins.Sdk;

/// <summary>A plugin that offers service tables of its own, besides those that its other interfaces stand for.</summary>
public interface INativeServices
{
    /// <summary>Finds a service. May be called by several threads at once, from creation until destruction.</summary>
    /// <param name="id">The service's id, "namespace.name/major".</param>
    /// <returns>
    /// The address of the service's table, which must stay valid until the plugin is disposed; 0 when there is no such
    /// service. The answer for one id is always the same.
    /// </returns>
    nint GetService(string id);
}
