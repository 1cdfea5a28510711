namespace NativePlugins.Abi.Tests.PluginHeader;

/// <summary>Small plugins on native_plugins_plugin.h, compiled as strictly as a C programmer might.</summary>
internal static class PluginBuild
{
    public const string CommandId = "np.command/1";

    /// <summary>A command that prints a line, and its table.</summary>
    public const string Command = """
        static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status, const np_error_sink *error) {
            (void)context; (void)error;
            *exit_status = 0;
            return np_write(call->output, NP_TEXT("it ran\n"));
        }
        static const np_command command = {sizeof(np_command), 0, NULL, run};
        """;

    /// <summary>A state that counts, the command that prints it, and memory that is dirty and counted. The tests read the numbers.</summary>
    public const string Counting = """
        #include <stdlib.h>
        #include <string.h>
        #define SEEN __attribute__((visibility("default")))
        SEEN int32_t allocated, freed, created, started, stopped, destroyed, out_of_memory;
        typedef struct counter { int32_t runs; const np_host *host; } counter;

        static void *take(size_t size) {
            void *memory = out_of_memory ? NULL : malloc(size);
            if (memory != NULL) { memset(memory, 0x55, size); allocated++; }
            return memory;
        }
        static void give_back(void *memory) { free(memory); freed++; }

        static int32_t NP_CALL run(void *context, const np_command_call *call, int32_t *exit_status, const np_error_sink *error) {
            (void)call; (void)error;
            *exit_status = ++((counter *)context)->runs;
            return NP_OK;
        }
        static const np_command command = {sizeof(np_command), 0, NULL, run};
        """;

    public static LoadedPlugin Load(this NativeBuild build, string source) => new(build.Compile(source));

    public static string Compile(this NativeBuild build, string source, string compiler = "cc", string standard = "-std=c99", params string[] more)
    {
        var (name, path) = build.Write(source, compiler);
        return build.Library(name, compiler, [standard, "-Wconversion", .. more, path]);
    }

    /// <summary>What the compiler says against a plugin that it must refuse.</summary>
    public static string Refusal(this NativeBuild build, string source, string compiler, string standard)
    {
        var run = Abi.Tests.Command.Run(compiler, standard, "-Wall", "-Wextra", "-Wpedantic", "-fsyntax-only", "-Iabi", build.Write(source, compiler).Path);
        Assert.NotEqual(0, run.ExitCode);
        return run.Error;
    }

    private static (string Name, string Path) Write(this NativeBuild build, string source, string compiler)
    {
        var name = $"plugin_{Guid.NewGuid():N}";
        var path = Path.Combine(build.Scratch, name + (compiler == "cc" ? ".c" : ".cpp"));
        File.WriteAllText(path, $"#include \"native_plugins_plugin.h\"\n{source}\n");
        return (name, path);
    }
}
