using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace NativePlugins.Host.Platform;

/// <summary>Makes directories that are private to this user.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsSecurity
{
    private static readonly Lazy<string> s_user = new(() =>
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User?.Value ?? "";
    });

    /// <summary>
    /// Makes a directory, and the missing ones above it, to which only this user, the system and the administrators have access. A
    /// directory that exists stays as it is.
    /// </summary>
    public static void CreatePrivateDirectory(string path)
    {
        var security = new DirectorySecurity();
        security.SetSecurityDescriptorSddlForm(
            $"D:P(A;OICI;FA;;;{s_user.Value})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", AccessControlSections.Access);
        security.CreateDirectory(path);
    }
}
