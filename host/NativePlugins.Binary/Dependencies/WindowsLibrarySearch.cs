using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>
/// Where Windows looks for a needed library, if the library that needs it is loaded with LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR and
/// LOAD_LIBRARY_SEARCH_SYSTEM32. Microsoft, "Dynamic-link library search order".
/// </summary>
/// <param name="target">
/// What a library must have been built for. Windows fails at the first library of the name that was built for something else.
/// </param>
/// <param name="windows">The directory of Windows, for example <c>C:\Windows</c>.</param>
/// <param name="isWow64">Whether 32-bit libraries have a system directory of their own, as on every 64-bit Windows.</param>
/// <param name="tryRead">Reads a file of the system whose loader this is; null where there is none.</param>
internal sealed class WindowsLibrarySearch(
    BinaryTarget target, string windows, bool isWow64, Func<string, BinaryImage?> tryRead) : LibrarySearch
{
    // HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\KnownDLLs of Windows 10 and 11, and the libraries that these need in turn.
    private static readonly HashSet<string> s_known = new(StringComparer.OrdinalIgnoreCase)
    {
        "advapi32.dll", "bcrypt.dll", "bcryptprimitives.dll", "cfgmgr32.dll", "clbcatq.dll", "combase.dll", "comdlg32.dll", "coml2.dll",
        "difxapi.dll", "gdi32.dll", "gdi32full.dll", "gdiplus.dll", "imagehlp.dll", "imm32.dll", "kernel32.dll", "kernelbase.dll",
        "msctf.dll", "msvcp_win.dll", "msvcrt.dll", "normaliz.dll", "nsi.dll", "ntdll.dll", "ole32.dll", "oleaut32.dll", "psapi.dll",
        "rpcrt4.dll", "sechost.dll", "setupapi.dll", "shcore.dll", "shell32.dll", "shlwapi.dll", "ucrtbase.dll", "user32.dll",
        "win32u.dll", "wintrust.dll", "wldap32.dll", "ws2_32.dll",
    };

    private readonly string _system = $@"{windows}\{(isWow64 && target.Bits == 32 ? "SysWOW64" : "System32")}";

    public override StringComparer NameComparer => StringComparer.OrdinalIgnoreCase;

    public override LibraryLocation? Find(string name, LoadChain neededBy, ICollection<string> searched)
    {
        string file = name.Contains('.', StringComparison.Ordinal) ? name : name + ".dll";
        if (IsApiSet(file))
        {
            return new LibraryLocation(null, null, BinaryDependencyReason.ApiSet);
        }

        if (file.AsSpan().IndexOfAny('\\', '/') >= 0)
        {
            return TryFile(file, BinaryDependencyReason.Path, searched, out _);
        }

        if (s_known.Contains(file))
        {
            return TryFile($@"{_system}\{file}", BinaryDependencyReason.KnownDll, searched, out _);
        }

        string beside = $@"{LoadChain.DirectoryOf(neededBy.Root.Path).TrimEnd('\\')}\{file}";
        LibraryLocation? location = TryFile(beside, BinaryDependencyReason.LoadDirectory, searched, out bool isThere);
        return isThere ? location : TryFile($@"{_system}\{file}", BinaryDependencyReason.SystemDirectory, searched, out _);
    }

    /// <summary>Whether a name stands for a part of Windows: Microsoft, "Windows API sets".</summary>
    private static bool IsApiSet(string file) =>
        file.StartsWith("api-", StringComparison.OrdinalIgnoreCase) || file.StartsWith("ext-", StringComparison.OrdinalIgnoreCase);

    private LibraryLocation? TryFile(string path, BinaryDependencyReason reason, ICollection<string> searched, out bool isThere)
    {
        BinaryImage? image = tryRead(path);
        isThere = image is not null;
        searched.Add(image is null || image.Target == target ? path : $"{path} ({image.Target.Describe()})");
        return image?.Target == target ? new LibraryLocation(image, path, reason) : null;
    }
}
