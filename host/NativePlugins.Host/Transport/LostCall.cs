namespace NativePlugins.Host.Transport;

/// <summary>
/// Why a call by a contract has no answer, from where it was found out to where the exception is thrown: between the two stands a function in
/// C, which returns nothing but NP_E_FAULT. Both are on the same thread, and one follows the other.
/// </summary>
internal static class LostCall
{
    [ThreadStatic]
    private static PluginException? t_reason;

    public static void Note(PluginException reason) => t_reason = reason;

    /// <summary>The reason, once.</summary>
    public static PluginException? Take()
    {
        PluginException? reason = t_reason;
        t_reason = null;
        return reason;
    }
}
