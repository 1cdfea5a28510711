using System.Text.Json;
using NativePlugins.Host;

namespace NativePlugins.Windows.Tests.Commands;

public sealed class JitHostTests() : HostTests(HostProgram.Jit);

public sealed class NativeHostTests() : HostTests(HostProgram.Native);

/// <summary>host.exe, and plugins in C.</summary>
public abstract class HostTests : IDisposable
{
    private readonly HostProgram _host;
    private readonly Scratch _scratch = new();

    private protected HostTests(HostProgram host) => _host = host;

    [Fact]
    public void The_version_names_the_system()
    {
        Assert.Contains("win-x64", _host.Run("--version").Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_greets_by_name()
    {
        _scratch.Copy("hello_c");

        Assert.Equal("Hello, Ada!\n", _host.Run("--plugin-dir", _scratch.Root, "hello_c", "Ada").Exits(0).Output);
    }

    [Fact]
    public void Arguments_pass_through_the_command_line_unchanged()
    {
        string library = _scratch.Copy("echo");

        HostResult result = _host.Run(library, "--json", "two words", "Größe", "🧩", "a\"b", @"back\", @"C:\a b\", "", "%PATH%", "@file").Exits(0);

        Assert.Equal("6 --json\n9 two words\n7 Größe\n4 🧩\n3 a\"b\n5 back\\\n7 C:\\a b\\\n0 \n6 %PATH%\n5 @file\n", result.Output);
    }

    [Fact]
    public void The_plugins_status_is_the_hosts()
    {
        _host.Run(_scratch.Copy("exit_status"), "42").Exits(42);
    }

    [Fact]
    public void A_status_that_no_shell_could_tell_is_one()
    {
        Assert.Contains("256", _host.Run(_scratch.Copy("status_256")).Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_arguments_are_a_wrong_use()
    {
        _host.Run().Exits(64);
    }

    [Fact]
    public void A_name_that_is_nowhere_exits_with_66()
    {
        _host.Run("--plugin-dir", _scratch.Root, "hello_c").Exits(66);
    }

    [Fact]
    public void A_plugin_in_the_current_directory_is_not_found_by_name()
    {
        _scratch.Copy("hello_c");

        _host.RunIn(_scratch.Root, "hello_c").Exits(66);
        _host.RunIn(_scratch.Root, "hello_c.dll").Exits(66);
    }

    [Fact]
    public void The_directory_beside_the_host_is_searched()
    {
        string folder = Path.Combine(Path.GetDirectoryName(_host.Path)!, "plugins");
        Directory.CreateDirectory(folder);
        try
        {
            File.Copy(Material.Plugin("hello_c"), Path.Combine(folder, "hello_c.dll"));

            Assert.Equal("Hello, world!\n", _host.Run("libhello_c.so").Exits(0).Output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_environments_directories_are_searched()
    {
        _scratch.Copy("hello_c", "Größe 🧩", "hello_c.dll");
        var variables = new Dictionary<string, string> { ["NATIVE_PLUGINS_PATH"] = $@"C:\windows;{_scratch.PathOf("Größe 🧩")}" };

        _host.RunWith(_scratch.Root, variables, "hello_c").Exits(0);
    }

    [Fact]
    public void A_library_of_the_system_exits_with_65()
    {
        Assert.Contains("NP2007", _host.Run(Path.Combine(Environment.SystemDirectory, "version.dll")).Exits(65).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_dependency_exits_with_69_and_names_it()
    {
        HostResult result = _host.Run(_scratch.Copy("dependent")).Exits(69);

        Assert.Contains("np_dependency.dll", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_one_line_of_JSON_where_that_is_asked_for()
    {
        HostResult result = _host.Run("--json", _scratch.PathOf("Größe 🧩.dll")).Exits(66);

        using JsonDocument json = JsonDocument.Parse(result.Error);
        Assert.Equal("NP1001", json.RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public void A_list_shows_what_is_there()
    {
        _scratch.Copy("hello_c");
        _scratch.Copy("echo");

        string output = _host.Run("list", _scratch.Root).Output;

        Assert.Contains("hello_c", output, StringComparison.Ordinal);
        Assert.Contains("echo", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_is_written_by_asking_the_plugin_in_a_process_of_its_own()
    {
        string library = _scratch.Copy("hello_c", "Größe 🧩", "hello_c.dll");

        _host.Run("manifest", library).Exits(0);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(library, ".plugin.json")));
        Assert.Equal("hello_c", json.RootElement.GetProperty("id").GetString());
        _host.Run(library).Exits(0);
    }

    [Fact]
    public void An_inspection_tells_of_a_library_for_Windows()
    {
        string output = _host.Run("inspect", "--json", _scratch.Copy("dependent")).Output;

        Assert.Contains("np_dependency.dll", output, StringComparison.Ordinal);
        Assert.Contains("np_plugin_entry_v1", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_is_explained()
    {
        Assert.Contains("NP2007", _host.Run("explain", "NP2007").Exits(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_error_of_a_plugin_is_the_hosts()
    {
        HostResult result = _host.Run(_scratch.Copy("error_output")).Exits(0);

        Assert.Equal("to standard output\n", result.Output);
        Assert.Equal("to standard error\n", result.Error);
    }

    public void Dispose()
    {
        _scratch.Dispose();
        GC.SuppressFinalize(this);
    }
}
