namespace NativePlugins.EndToEnd.Tests;

/// <summary>Every misbehaviour that both the library and the program meet in the same way.</summary>
internal static class Misbehaviours
{
    public static IReadOnlyList<Misbehaviour> All { get; } =
    [
        .. NamesAndPaths(), .. Files(), .. Binaries(), .. Descriptions(), .. Manifests(), .. Dependencies(), .. Lifecycles(),
    ];

    public static Misbehaviour Named(string name) => All.Single(misbehaviour => misbehaviour.Name == name);

    private static IEnumerable<Misbehaviour> NamesAndPaths()
    {
        yield return Misbehaviour.Of<PluginNotFoundException>("a name that nothing has", scratch =>
        {
            scratch.Fixture("echo");
            return "ehco";
        }, "NP1001", 66, "a regular file at one of these paths", "libehco.so") with { PluginDirectory = "", Advice = "Did you mean 'echo'?" };
        yield return Misbehaviour.Of<PluginNotFoundException>("a path that leads nowhere", scratch =>
        {
            scratch.Fixture("echo");
            return scratch.PathOf("libehco.so");
        }, "NP1001", 66, "a regular file at that path", "libehco.so") with { Advice = "libecho.so" };
        yield return Misbehaviour.Of<PluginAmbiguousException>("two candidates in one directory", scratch =>
        {
            scratch.Fixture("echo");
            scratch.Fixture("counters", "echo.so");
            return "echo";
        }, "NP1002", 64, "one file", "echo.so") with { PluginDirectory = "" };
        yield return Misbehaviour.Of<PluginNameException>("an empty name", _ => "", "NP1005", 64, "a name such as", "an empty text");
        yield return Misbehaviour.Of<PluginDirectoryNotTrustedException>("a directory that others may write to", scratch =>
        {
            string folder = scratch.Folder("open");
            string library = scratch.Fixture("echo", "open/libecho.so");
            File.SetUnixFileMode(folder, (UnixFileMode)0x1FF);
            return library;
        }, "NP1004", 77, "only their owner may write to", "mode 0777");
        yield return Misbehaviour.Of<PluginDirectoryNotTrustedException>("a library that others may write to", scratch =>
        {
            string library = scratch.Fixture("echo");
            File.SetUnixFileMode(library, (UnixFileMode)0x1B6);
            return library;
        }, "NP1004", 77, "only their owner may write to", "mode 0666");
    }

    private static IEnumerable<Misbehaviour> Files()
    {
        yield return Misbehaviour.Of<PluginNotRegularFileException>(
            "a directory", scratch => scratch.Folder("libfolder.so"), "NP2001", 65, "a regular file", "a directory");
        yield return Misbehaviour.Of<PluginNotRegularFileException>("a FIFO that nobody writes to", scratch =>
        {
            Tool.Run("mkfifo", scratch.PathOf("libfifo.so"));
            return scratch.PathOf("libfifo.so");
        }, "NP2001", 65, "a regular file", "FIFO");
        yield return Misbehaviour.Of<PluginNotRegularFileException>(
            "a device that never ends", _ => "/dev/zero", "NP2001", 65, "a regular file", "a character device");
        yield return Misbehaviour.Of<PluginFileAccessException>("a loop of symbolic links", scratch =>
        {
            File.CreateSymbolicLink(scratch.PathOf("liba.so"), scratch.PathOf("libb.so"));
            File.CreateSymbolicLink(scratch.PathOf("libb.so"), scratch.PathOf("liba.so"));
            return scratch.PathOf("liba.so");
        }, "NP2009", 74, "a file that can be read", "a loop of symbolic links");
        yield return Misbehaviour.Of<PluginFileTooShortException>(
            "an empty file", scratch => scratch.Write("libempty.so", ""), "NP2002", 65, "at least 4 bytes", "an empty file");
        yield return Misbehaviour.Of<PluginFileTooShortException>(
            "the first 20 bytes", scratch => scratch.Write("libshort.so", Bytes("echo")[..20]), "NP2002", 65, "at least 64 bytes", "20 bytes");
        yield return Misbehaviour.Of<PluginFormatException>(
            "a text", scratch => scratch.Write("libtext.so", "This is not a library.\n"), "NP2003", 65, "an ELF, Mach-O or PE file", "text");
    }

    private static IEnumerable<Misbehaviour> Binaries()
    {
        yield return Misbehaviour.Of<PluginKindException>(
            "an object file", scratch => scratch.Copy(NativeFixtures.ObjectFile), "NP2005", 65, "a shared library", "an object file");
        yield return Misbehaviour.Of<PluginKindException>(
            "an executable", scratch => scratch.Copy(NativeFixtures.CHost), "NP2005", 65, "a shared library", "an executable");
        bool isArm64 = TestTarget.IsArm64;
        yield return Misbehaviour.Of<PluginArchitectureException>("a library for another processor", scratch =>
        {
            byte[] bytes = Bytes("echo");
            bytes[18] = (byte)(isArm64 ? 62 : 183); // e_machine: EM_X86_64, EM_AARCH64
            return scratch.Write("libother.so", bytes);
        }, "NP2006", 76, isArm64 ? "AArch64" : "x86-64", isArm64 ? "x86-64" : "AArch64");
        yield return Misbehaviour.Of<PluginArchitectureException>("a library for 32 bits", scratch =>
        {
            byte[] bytes = Bytes("echo");
            bytes[4] = 1; // EI_CLASS: ELFCLASS32
            bytes[18] = 3; // e_machine: EM_386
            return scratch.Write("libx86.so", bytes);
        }, "NP2006", 76, "64-bit", "32-bit");
        yield return Misbehaviour.Of<PluginEntryMissingException>(
            "libz", scratch => scratch.Copy(NativeFixtures.LibraryOfTheSystem), "NP2007", 65, "np_plugin_entry_v1", "a library without one");
        yield return Misbehaviour.Fixture<PluginEntryMissingException>("constructor_marker", "NP2007", 65, "np_plugin_entry_v1", "a library without one");
        yield return Misbehaviour.Fixture<PluginAbiVersionException>("abi_entry_v2", "NP2008", 76, "major version 1", "major version 2");
    }

    private static IEnumerable<Misbehaviour> Descriptions() =>
    [
        Misbehaviour.Fixture<PluginAbiVersionException>("abi_major_2", "NP2008", 76, "ABI 1", "ABI 2.0"),
        Misbehaviour.Fixture<PluginDescriptionException>("struct_too_small", "NP4001", 76, "struct_size of 136 or more", "128"),
        Misbehaviour.Fixture<PluginDescriptionException>("wrong_magic", "NP4001", 76, "magic 0x474C504E", "0x21444142"),
        Misbehaviour.Fixture<PluginLayoutException>("wrong_layout_hash", "NP4002", 76, "layout hash 0x4781C6705DE554BC", "0x4781C6705DE554BD"),
        Misbehaviour.Fixture<PluginDescriptionException>("wrong_pointer_size", "NP4001", 76, "pointer_size 8", "4"),
        Misbehaviour.Fixture<PluginDescriptionException>("null_description", "NP4001", 76, "a description", "NULL"),
        Misbehaviour.Fixture<PluginDescriptionException>("null_plugin", "NP4001", 76, "an np_plugin", "no np_plugin"),
        Misbehaviour.Fixture<PluginDescriptionException>("plugin_too_small", "NP4001", 76, "an np_plugin", "40"),
        Misbehaviour.Fixture<PluginDescriptionException>("bad_id", "NP4001", 76, "id of the form", "'Bad Id/..'"),
        Misbehaviour.Fixture<PluginDescriptionException>("bad_version", "NP4001", 76, "Semantic Versioning", "'one'"),
        Misbehaviour.Fixture<PluginDescriptionException>("bad_sizes_in_service", "NP4001", 76, "struct_size of 24 or more", "struct_size 16"),
    ];

    private static IEnumerable<Misbehaviour> Manifests()
    {
        yield return Misbehaviour.Of<PluginManifestMismatchException>("a manifest that disagrees", scratch =>
        {
            scratch.Write("libecho.plugin.json", Manifest("echo", "9.9.9"));
            return scratch.Fixture("echo");
        }, "NP4003", 76, "version '9.9.9'", "version '1.0.0'");
        yield return Misbehaviour.Of<PluginManifestException>("a manifest that is not JSON", scratch =>
        {
            scratch.Write("libecho.plugin.json", "{ \"id\": ");
            return scratch.Fixture("echo");
        }, "NP4004", 65, "", "");
    }

    private static IEnumerable<Misbehaviour> Dependencies() =>
    [
        Misbehaviour.Fixture<PluginDependencyMissingException>("missing_dependency", "NP3001", 69, "libnp_fixture_dependency.so", "libnp_fixture_dependency.so"),
        Misbehaviour.Fixture<PluginSymbolMissingException>("undefined_function", "NP3002", 69, "nobody_defines_this", "it is in none of"),
    ];

    private static IEnumerable<Misbehaviour> Lifecycles() =>
    [
        Misbehaviour.Fixture<PluginCreateFailedException>("entry_fails", "NP5001", 70, "NP_OK", "NP_E_FAILED"),
        Misbehaviour.Fixture<PluginCreateFailedException>("create_fails", "NP5001", 70, "NP_OK", "there is no paper in the printer"),
        Misbehaviour.Fixture<PluginStartFailedException>("start_fails", "NP5002", 70, "NP_OK", "the port is in use"),
        Hanging("entry_hangs"),
        Hanging("create_hangs"),
        Hanging("start_hangs"),
        Hanging("stop_hangs"),
        Misbehaviour.Fixture<PluginFaultException>("fault_everywhere", "NP5003", 70, "NP_OK", "fixture::Fault: create went wrong"),
        Misbehaviour.Fixture<PluginFaultException>("fault_in_create", "NP5003", 70, "NP_OK", "fixture::Fault: create went wrong"),
        Misbehaviour.Fixture<PluginFaultException>("fault_in_start", "NP5003", 70, "NP_OK", "fixture::Fault: start went wrong"),
        Misbehaviour.Fixture<PluginFaultException>("fault_in_get_service", "NP5003", 70, "NP_OK", "NP_E_FAULT"),
        Misbehaviour.Fixture<PluginFaultException>("fault_in_run", "NP5003", 70, "NP_OK", "fixture::Fault: run went wrong"),
        Misbehaviour.Fixture<PluginFaultException>("run_fails", "NP5003", 70, "NP_OK", "the other half is secret"),
        Misbehaviour.Fixture<PluginServiceMissingException>("no_command", "NP4005", 76, "np.command/1", "no such service"),
        Misbehaviour.Fixture<PluginServiceMissingException>("null_service", "NP4005", 76, "np.command/1", "no such service"),
        Misbehaviour.Fixture<PluginConfigurationException>("config_required", "NP6001", 78, "NP_OK", "Greeting"),
    ];

    private static Misbehaviour Hanging(string name) =>
        Misbehaviour.Fixture<PluginDeadlineException>(name, "NP5004", 75, "an answer within 0.3 s", "none") with { Deadline = 300 };

    private static byte[] Bytes(string fixture) => File.ReadAllBytes(NativeFixtures.PathOf(fixture));

    private static string Manifest(string id, string version) => $$"""
        {
          "manifestVersion": 1, "id": "{{id}}", "name": "Fixture {{id}}", "version": "{{version}}", "abi": "1.0",
          "services": ["np.command/1"], "language": "C", "runtime": "none", "runtimeVersion": "", "rid": "linux-x64",
          "library": "lib{{id}}.so", "files": []
        }
        """;
}
