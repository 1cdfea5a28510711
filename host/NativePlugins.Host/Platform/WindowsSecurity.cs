using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace NativePlugins.Host.Platform;

/// <summary>Access lists of files: who may write, and directories for this user alone.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsSecurity
{
    private static readonly Lazy<string> s_user = new(() =>
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User?.Value ?? "";
    });

    /// <summary>Makes a directory, and what is missing on the way to it, to which only this user and the administrators have access; one that exists stays as it is.</summary>
    public static void CreatePrivateDirectory(string path)
    {
        var security = new DirectorySecurity();
        security.SetSecurityDescriptorSddlForm(
            $"D:P(A;OICI;FA;;;{s_user.Value})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", AccessControlSections.Access);
        security.CreateDirectory(path);
    }
}
