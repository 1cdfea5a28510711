using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Loading;

/// <summary>
/// A plugin's managed assembly in a load context of its own, for development. It is entered through the function that the published
/// library exports, so all that follows is the same. Closing it unloads the context.
/// </summary>
internal sealed class ManagedImage : PluginImage
{
    private const string EntryType = "NativePlugins.Generated.PluginEntry";
    private const string EntryMethod = "Enter";

    // The first collection finds what the context had; the next ones what its finalizers have let go of.
    private const int Collections = 8;

    private readonly ILogger _logger;
    private ManagedContext? _context;
    private WeakReference? _unloaded;

    private ManagedImage(string path, nint entry, ManagedContext context, ILogger logger)
        : base(path, entry) => (_context, _logger) = (context, logger);

    /// <summary>Loads an assembly, with what lies beside it, and finds its entry. Runs none of its code but static constructors of its module.</summary>
    /// <param name="path">The assembly.</param>
    /// <param name="logger">Told of a context that does not go.</param>
    /// <exception cref="PluginEntryMissingException">It is no plugin's.</exception>
    /// <exception cref="PluginManagedException">It cannot be run.</exception>
    public static ManagedImage Load(string path, ILogger logger)
    {
        if (!ManagedCode.IsSupported)
        {
            throw new InvalidOperationException("Managed assemblies are not let through in such a process.");
        }

        ManagedConsole.Install();
        var context = new ManagedContext(System.IO.Path.GetFileNameWithoutExtension(path), System.IO.Path.GetDirectoryName(path)!);
        try
        {
            return new ManagedImage(path, FindEntry(context, path), context, logger);
        }
        catch (Exception e)
        {
            context.Unload();
            throw e is PluginException ? e : CannotRun(path, e);
        }
    }

    public override PluginRetiredImage Close()
    {
        if (IsPinned)
        {
            return PluginRetiredImage.Pinned;
        }

        // In methods of their own: a local variable here would keep the context.
        WeakReference context = Unload();
        for (int i = 0; i < Collections && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        _unloaded = context;
        return context.IsAlive ? PluginRetiredImage.StillMapped : PluginRetiredImage.Unmapped;
    }

    /// <summary>Tells what keeps a context that was unloaded. Takes some tenths of a second, in which all threads of the process wait.</summary>
    public void ReportWhatStays()
    {
        if (ManagedCode.IsSupported && _unloaded is WeakReference context)
        {
            Log.ContextStays(_logger, System.IO.Path.GetFileName(Path), ContextRoots.Describe(context));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Unload()
    {
        ManagedContext context = Interlocked.Exchange(ref _context, null)!;
        var reference = new WeakReference(context, trackResurrection: true);
        context.Unload();
        return reference;
    }

    [RequiresUnreferencedCode("Looks for the entry by name.")]
    private static nint FindEntry(ManagedContext context, string path)
    {
        MethodInfo? method = context.Read(path).GetType(EntryType)?.GetMethod(EntryMethod, BindingFlags.Static | BindingFlags.NonPublic);
        if (method?.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()?.EntryPoint != PluginBinary.EntryPoint.Name)
        {
            throw new PluginEntryMissingException(new PluginFailure($"{UntrustedText.Quote(path)} is not a plugin's assembly")
            {
                Expected = $"the generated function {PluginBinary.EntryPoint.Name}",
                Found = "an assembly without it",
            });
        }

        // Compiled here, where what is missing is an exception that can be caught, and not at the call from native code.
        RuntimeHelpers.PrepareMethod(method.MethodHandle);
        return method.MethodHandle.GetFunctionPointer();
    }

    private static PluginManagedException CannotRun(string path, Exception e) =>
        new(new PluginFailure($"the managed assembly {UntrustedText.Quote(path)} cannot be run")
        {
            Expected = "an assembly with all that it references beside it",
            Found = UntrustedText.Escape($"{e.GetType().Name}: {e.Message}", multiline: true),
        });
}
