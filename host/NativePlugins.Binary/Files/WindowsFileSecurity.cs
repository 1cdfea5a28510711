using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace NativePlugins.Binary.Files;

/// <summary>Reads the access lists of files, to tell who may write.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsFileSecurity
{
    private const uint OwnerAndAccessList = 1 | 4;    // OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION
    private const int LongestDescriptor = 1 << 16;    // an access list's size is a 16-bit number

    private static readonly Lazy<string> s_user = new(() =>
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User?.Value ?? "";
    });

    public static FileProtection GetProtection(string path)
    {
        byte[] descriptor = new byte[LongestDescriptor];
        return GetFileSecurityW(WindowsPath.ToCall(path), OwnerAndAccessList, descriptor, (uint)descriptor.Length, out uint length)
            ? WindowsAccessList.Read(descriptor.AsSpan(0, (int)Math.Min(length, LongestDescriptor)), s_user.Value)
            : FileProtection.Unknown($"its access list cannot be read: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("advapi32", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileSecurityW(string path, uint information, Span<byte> descriptor, uint length, out uint needed);
}
