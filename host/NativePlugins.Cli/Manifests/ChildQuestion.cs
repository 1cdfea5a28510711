using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace NativePlugins.Cli;

/// <summary>Asks a plugin what it is in a process of its own: asking runs its code, and that may crash or hang.</summary>
internal static class ChildQuestion
{
    private const int MaxOutput = 4 * 1024 * 1024;

    // The child maps the library, calls its entry, creates an instance, asks for services and destroys it: each may take the deadline.
    private const int Steps = 5;

    private static readonly TimeSpan s_default = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(5);

    public static ChildAnswer Ask(string library, HostTerminal terminal)
    {
        TimeSpan deadline = ((terminal.Settings.Timeout ?? s_default) * Steps) + s_start;
        string mark = $"{Guid.NewGuid():N} ";
        using Process child = Process.Start(StartInfo(library, mark, terminal.Settings))!;
        child.StandardInput.Close();
        Task<string> output = Task.Run(() => ReadUpTo(child.StandardOutput, MaxOutput));
        if (!child.WaitForExit(deadline))
        {
            child.Kill(entireProcessTree: true);
            throw CliErrors.ChildTimeout(library, deadline);
        }

        // A process that the plugin left behind may hold the pipe open.
        string text = output.Wait(s_start) ? output.Result : "";
        string? answer = text.Split('\n').LastOrDefault(line => line.StartsWith(mark, StringComparison.Ordinal));
        return answer is null
            ? throw CliErrors.ChildDied(library, ProcessSystem.Current.DescribeExit(child.ExitCode))
            : ChildAnswer.Read(answer[mark.Length..]);
    }

    private static ProcessStartInfo StartInfo(string library, string mark, HostSettings settings)
    {
        string executable = Environment.ProcessPath ?? throw new InvalidOperationException("The path of host is not known.");
        var start = new ProcessStartInfo(executable)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (string argument in (string[])[CommandNames.DescribeChild, mark, .. Options(settings), "--", library])
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static IEnumerable<string> Options(HostSettings settings)
    {
        if (settings.Timeout is TimeSpan timeout)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--timeout={timeout.TotalMilliseconds:0}ms");
        }

        if (settings.ConfigFile is not null)
        {
            yield return $"--config={settings.ConfigFile}";
        }

        foreach (PluginSetting setting in settings.Sets)
        {
            yield return $"--set={setting.Key}={setting.Value}";
        }

        yield return $"--log-level={StandardErrorLogging.NameOf(settings.EffectiveLogLevel)}";
        if (settings.Json)
        {
            yield return "--json";
        }
    }

    private static string ReadUpTo(StreamReader reader, int limit)
    {
        var text = new StringBuilder();
        char[] buffer = new char[4096];
        int read;
        while ((read = reader.Read(buffer)) > 0)
        {
            // The answer comes last, so what is over the limit is dropped from the front. It is read all the same: the child would wait.
            text.Append(buffer, 0, read);
            if (text.Length > limit)
            {
                text.Remove(0, text.Length - (limit / 2));
            }
        }

        return text.ToString();
    }
}
