using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace NativePlugins.Build;

/// <summary>
/// Puts complete files into a folder, <c>dist/</c> say. A file there may be mapped by a running process, so it is never written in place:
/// the new one is written beside it and takes its name; one with the same bytes stays.
/// </summary>
internal sealed class Distribution(Workspace workspace, string folder)
{
    // The host refuses a directory that others may write to, whatever the umask of the person who builds.
    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Creates a directory, or tightens one, so that only its owner may write to it.</summary>
    public static void CreateDirectory(string path)
    {
        Directory.CreateDirectory(path);
        if (OperatingSystem.IsWindows())
        {
            Protect(new DirectoryInfo(path));
        }
        else
        {
            File.SetUnixFileMode(path, DirectoryMode);
        }
    }

    // Outside of the users' own directories, folders inherit that every user may write to them, and the host refuses those. So all users
    // may read here, and the person who builds, the system and the administrators may do everything.
    [SupportedOSPlatform("windows")]
    private static void Protect(DirectoryInfo directory)
    {
        using var identity = WindowsIdentity.GetCurrent();
        var security = new DirectorySecurity();
        security.SetSecurityDescriptorSddlForm(
            $"D:P(A;OICI;FA;;;{identity.User})(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200A9;;;BU)", AccessControlSections.Access);
        directory.SetAccessControl(security);
    }

    /// <summary>Moves in the staged files, removes what the step left before and no longer makes, and returns the new paths.</summary>
    public IReadOnlyList<string> Publish(IEnumerable<string> staged, IEnumerable<string> before)
    {
        CreateDirectory(folder);
        var published = staged.Select(Put).ToList();
        foreach (var stale in before.Except(published).Where(path => Path.GetDirectoryName(path) == folder))
        {
            Remove(stale);
        }

        return published;
    }

    private string Put(string source)
    {
        var target = Path.Combine(folder, Path.GetFileName(source));
        if (File.Exists(target) && SameBytes(source, target))
        {
            return target;
        }

        var temporary = Path.Combine(folder, $".{Path.GetFileName(source)}.{Guid.NewGuid():N}");
        File.Copy(source, temporary);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(temporary) & ~OthersMayWrite);
        }
        else if (File.Exists(target))
        {
            Remove(target);
        }

        File.Move(temporary, target, overwrite: true);
        return target;
    }

    // Windows lets nobody replace or delete a library that is loaded, but does let it be renamed.
    private void Remove(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
            return;
        }

        var aside = Path.Combine(workspace.Artifacts, "replaced");
        Directory.CreateDirectory(aside);
        File.Move(path, Path.Combine(aside, $"{Guid.NewGuid():N}.{Path.GetFileName(path)}"));
    }

    private static bool SameBytes(string left, string right) =>
        new FileInfo(left).Length == new FileInfo(right).Length
        && File.ReadAllBytes(left).AsSpan().SequenceEqual(File.ReadAllBytes(right));
}
