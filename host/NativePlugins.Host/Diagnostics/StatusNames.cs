using System.Globalization;
using NativePlugins.Abi;

namespace NativePlugins.Host.Diagnostics;

/// <summary>The names of the ABI's status codes.</summary>
internal static class StatusNames
{
    public static string Describe(int status)
    {
        string? name = status switch
        {
            np.NP_OK => nameof(np.NP_OK),
            np.NP_E_FAILED => nameof(np.NP_E_FAILED),
            np.NP_E_FAULT => nameof(np.NP_E_FAULT),
            np.NP_E_INVALID_ARGUMENT => nameof(np.NP_E_INVALID_ARGUMENT),
            np.NP_E_INVALID_STATE => nameof(np.NP_E_INVALID_STATE),
            np.NP_E_NOT_FOUND => nameof(np.NP_E_NOT_FOUND),
            np.NP_E_UNSUPPORTED => nameof(np.NP_E_UNSUPPORTED),
            np.NP_E_OUT_OF_MEMORY => nameof(np.NP_E_OUT_OF_MEMORY),
            np.NP_E_CANCELLED => nameof(np.NP_E_CANCELLED),
            np.NP_E_CONFIGURATION => nameof(np.NP_E_CONFIGURATION),
            np.NP_E_IO => nameof(np.NP_E_IO),
            np.NP_E_PERMISSION => nameof(np.NP_E_PERMISSION),
            _ => null,
        };
        string number = status.ToString(CultureInfo.InvariantCulture);
        return name is null ? number : $"{number} {name}";
    }
}
