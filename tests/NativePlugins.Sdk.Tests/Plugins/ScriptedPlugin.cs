using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using NativePlugins.Sdk;

/// <summary>Does what its settings and its arguments say.</summary>
[Plugin("scripted", Name = "Scripted ✓", Version = "1.2.3-beta.4+build")]
public sealed class ScriptedPlugin : ICommand, IStartable, IStateful, INativeServices, IDisposable
{
    public static readonly Barrier Pair = new(2);
    public static readonly nint Table = RuntimeHelpers.AllocateTypeAssociatedMemory(typeof(ScriptedPlugin), 16);
    public static CommandContext? Kept;
    private static int s_alive;
    private readonly PluginContext _context;

    public ScriptedPlugin(PluginContext context)
    {
        Interlocked.Increment(ref s_alive);
        _context = context;
        Do(context.Config.Get("create"));
    }

    ~ScriptedPlugin() => Interlocked.Decrement(ref s_alive);

    public static int Alive => Volatile.Read(ref s_alive);

    public void Start() => Do(_context.Config.Get("start"));

    public void Stop() => Do(_context.Config.Get("stop"));

    public void Dispose() => Do(_context.Config.Get("dispose"));

    public string StateSchema => _context.Config.Get("schema") ?? "scripted";

    public int StateVersion => int.Parse(_context.Config.Get("version") ?? "2", System.Globalization.CultureInfo.InvariantCulture);

    public string State { get; set; } = "";

    public void SaveState(IBufferWriter<byte> state)
    {
        Do(_context.Config.Get("save"));
        state.Write(System.Text.Encoding.UTF8.GetBytes(State));
    }

    public void LoadState(ReadOnlySpan<byte> state, int version)
    {
        string text = System.Text.Encoding.UTF8.GetString(state);
        State = text == "refuse me" ? throw new PluginStateException("not this one") : $"{text}, version {version}";
    }

    public nint GetService(string id) => id switch
    {
        "test.table/1" => Table,
        "test.throws/1" => throw new InvalidOperationException("no"),
        _ => 0,
    };

    public int Run(CommandContext command)
    {
        switch (command.Arguments.Count > 0 ? command.Arguments[0] : "")
        {
            case "echo":
                foreach (string argument in command.Arguments.Skip(1))
                {
                    command.Output.WriteLine($"<{argument}>");
                }

                return command.Arguments.Count;
            case "console":
                Console.WriteLine("out");
                Console.Error.Write("err");
                return 0;
            case "console-pair":
                for (int i = 0; i < 100; i++)
                {
                    Console.Write(command.Arguments[1]);
                    Pair.SignalAndWait();
                }

                return 0;
            case "console-task":
                Task.Run(() => Console.WriteLine("from a task")).Wait();
                return 0;
            case "log":
                _context.Log.Warning("in a command");
                Task.Run(() => _context.Log.ForCategory("part").Write(PluginLogLevel.Error, "in a task", new InvalidOperationException("cause"), 7)).Wait();
                return 0;
            case "trace":
                command.Output.Write(command.TraceParent ?? "none");
                return 0;
            case "wait":
                command.CancellationToken.WaitHandle.WaitOne();
                command.CancellationToken.ThrowIfCancellationRequested();
                return 0;
            case "cancel-unasked":
                throw new OperationCanceledException("by itself");
            case "split-pair":
                command.Output.Write('\ud83d');
                command.Output.Write('\ude00');
                command.Output.Write("\ud83d");
                command.Output.Write("x");
                command.Output.Write('\ud83d');
                return 0;
            case "big":
                command.Output.Write(string.Concat(Enumerable.Repeat("ä€😀", 5000)));
                return 0;
            case "no-newline":
                command.Output.Write("output without end");
                command.Error.Write("error without end");
                throw new InvalidOperationException("after text");
            case "keep":
                Kept = command;
                _ = command.Output;
                return 0;
            case "set-state":
                State = command.Arguments[1];
                return 0;
            case "state":
                command.Output.Write(State);
                return 0;
            case "paths":
                command.Output.Write($"{_context.Paths.Installed ?? "none"}|{_context.Paths.Data ?? "none"}");
                return 0;
            case "config":
                command.Output.Write(string.Join(";", _context.Config.Select(setting => $"{setting.Key}={setting.Value}")));
                return 0;
            case "host":
                command.Output.Write($"{_context.HostName}|{_context.HostVersion}");
                return 0;
            case var other:
                Do(other);
                return 0;
        }
    }

    private void Do(string? what)
    {
        switch (what)
        {
            case "throw":
                throw new InvalidOperationException("out of order", new ArgumentException("inner cause"));
            case "throw-oom":
                throw new OutOfMemoryException();
            case "throw-odd":
                throw new OddException();
            case "require":
                _ = _context.Config.GetRequired("Database:Path");
                break;
            case "log":
                _context.Log.Information("in the lifecycle");
                break;
        }
    }

    private sealed class OddException : Exception
    {
        public override string Message => throw new InvalidOperationException("not even this");

        public override string? StackTrace => throw new InvalidOperationException("nor this");
    }
}
