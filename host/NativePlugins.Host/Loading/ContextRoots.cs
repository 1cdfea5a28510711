using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using NativePlugins.Binary.Text;
using NativePlugins.Host.Heap;

namespace NativePlugins.Host.Loading;

/// <summary>
/// What keeps a load context that was unloaded: found in a snapshot of the heap, which shows static fields, GCHandles and what threads work
/// with, all in one way.
/// </summary>
[RequiresUnreferencedCode("Looks for the fields of types by name.")]
[RequiresDynamicCode("Makes an array of a type of the context's.")]
internal static class ContextRoots
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // All threads of the process wait while the runtime tells its objects. Large ones are few, and do not count: if those hold very many references,
    // the runtime does not tell all, which the snapshot finds.
    private const long MostOfHeap = 256L << 20;

    // What a way through more objects than these leads to says less and less.
    private const int MostTypes = 6;

    /// <summary>Says what keeps it, or why that is not known.</summary>
    /// <param name="context">The context.</param>
    public static string Describe(WeakReference context)
    {
        if (SizeOfSmallObjects() > MostOfHeap)
        {
            return $"what that is was not looked for, as the heap has more than {MostOfHeap >> 20} MiB of small objects";
        }

        try
        {
            if (CreateMarker(context) is not (Array marker, nint type))
            {
                return "what that is cannot be told, as it has no types";
            }

            string found = Find(type, context);
            GC.KeepAlive(marker);
            return found;
        }
        catch (Exception e)
        {
            // Whatever it is: the plugin has ended, and must not fail to because of a diagnosis.
            return $"what that is cannot be told: {UntrustedText.Escape(e.Message)}";
        }
    }

    private static string Find(nint type, WeakReference context)
    {
        if (HeapSnapshot.Take() is not HeapSnapshot heap)
        {
            return "what that is cannot be told without the runtime's diagnostic port (DOTNET_EnableDiagnostics)";
        }

        int found = heap.FindOf(type);
        int[] edges = found < 0 ? [] : [.. heap.EdgesOf(found)];
        return edges.Length != 1 ? "what that is cannot be told, as the runtime shows load contexts otherwise than is known"
            : heap.FindPath(edges[0], without: found) is HeapPath path ? Describe(path)
            : context.IsAlive ? "no object of the process and no GCHandle does, so a thread that still runs its code must"
            : "it has gone meanwhile";
    }

    /// <summary>
    /// Makes an object of a type of the context's, with the type's handle. The heap's snapshot shows it with the loader allocator, on which all of
    /// a context hangs. This is a method of its own, as what it works with keeps the context too.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Array Marker, nint Type)? CreateMarker(WeakReference context)
    {
        Type? type = (context.Target as AssemblyLoadContext)?.Assemblies.SelectMany(TypesOf).FirstOrDefault(type => type is { IsClass: true, ContainsGenericParameters: false });
        if (type is null)
        {
            return null;
        }

        // No code of the plugin's has an array of that many dimensions, with which this one could be taken for another.
        var marker = Array.CreateInstance(type, new int[7]);
        return (marker, marker.GetType().TypeHandle.Value);
    }

    private static string Describe(HeapPath path)
    {
        string root = path.Kind switch
        {
            HeapRootKind.Static => $"the static field {NameOf(path)}",
            // The runtime's own handles are to arrays, such as those of static fields.
            HeapRootKind.Handle when path.Types is [] or ["System.Object[]", ..] => "a handle of the runtime's",
            HeapRootKind.Handle when path.Types[0] != typeof(Thread).FullName => "a GCHandle",
            HeapRootKind.Handle or HeapRootKind.Stack => "a thread that has not ended",
            _ => "the runtime itself",
        };
        IEnumerable<string> types = path.Types.Count <= MostTypes ? path.Types : [.. path.Types.Take(MostTypes / 2), "…", .. path.Types.TakeLast(MostTypes / 2)];
        return UntrustedText.Escape($"{root} keeps it{(path.Types.Count == 0 ? "" : $", through {string.Join(" → ", types)}")}");
    }

    /// <summary>The snapshot knows the name of a static field, and the type of its object; not whose it is.</summary>
    private static string NameOf(HeapPath path)
    {
        string[] names = [.. from assembly in AssemblyLoadContext.Default.Assemblies
            where !assembly.IsDynamic
            from type in TypesOf(assembly)
            from field in FieldsOf(type)
            where path.Fields.Contains(field.Name) && (field.FieldType.FullName == path.Types[0] || field.FieldType.IsGenericType || field.FieldType.IsInterface)
            select $"{type.FullName}.{field.Name}"];
        return names.Length == 1 ? names[0] : path.Fields[0];
    }

    private static FieldInfo[] FieldsOf(Type type)
    {
        try
        {
            return type.GetFields(Static);
        }
        catch (Exception e) when (e is TypeLoadException or IOException or BadImageFormatException)
        {
            // A field of a type that is missing here.
            return [];
        }
    }

    private static IEnumerable<Type> TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    /// <summary>In bytes, at the end of the last collection: the generations 0 to 2, without those of large and of pinned objects.</summary>
    private static long SizeOfSmallObjects()
    {
        long size = 0;
        foreach (GCGenerationInfo generation in GC.GetGCMemoryInfo(GCKind.Any).GenerationInfo[..3])
        {
            size += generation.SizeAfterBytes;
        }

        return size;
    }
}
