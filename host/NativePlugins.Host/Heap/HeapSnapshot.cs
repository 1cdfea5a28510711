namespace NativePlugins.Host.Heap;

/// <summary>
/// All objects of this process at one moment, with what each refers to, as the runtime tells them when a diagnostic tool asks for a dump of the
/// heap. Asking for it collects all garbage.
/// </summary>
internal sealed class HeapSnapshot
{
    // GC, types, dump of the heap, collect now, names of types: what dotnet-gcdump asks for.
    private const ulong Keywords = 0x1 | 0x80000 | 0x100000 | 0x800000 | 0x1000000;

    private const string Provider = "Microsoft-Windows-DotNETRuntime";
    private const int BufferMebibytes = 256;
    private const uint WeakRoot = 2;

    private static readonly object s_turn = new();

    private readonly Dictionary<ulong, int> _nodes = [];
    private readonly List<ulong> _addresses = [];
    private readonly List<ulong> _types = [];
    private readonly List<ulong> _edgeCounts = [];
    private readonly List<ulong> _edges = [];
    private readonly List<(ulong Object, HeapRootKind Kind)> _roots = [];
    private readonly List<(ulong Object, string Field)> _statics = [];
    private readonly List<(ulong Key, ulong Value)> _attached = [];
    private readonly Dictionary<ulong, string> _names = [];
    private bool _isComplete;

    private HeapSnapshot()
    {
    }

    /// <summary>Takes one of this process. Blocks; takes some time for each megabyte that the heap has.</summary>
    /// <returns>Null where the runtime has no diagnostic port.</returns>
    /// <exception cref="IOException">The runtime does not answer in time.</exception>
    /// <exception cref="InvalidDataException">Its answer is malformed, or does not tell all.</exception>
    public static HeapSnapshot? Take()
    {
        // The objects of one snapshot would be among those of another that is taken meanwhile.
        lock (s_turn)
        {
            using Stream? port = DiagnosticPort.Connect(), other = DiagnosticPort.Connect();
            if (port is null || other is null)
            {
                return null;
            }

            ulong session = DiagnosticPort.Start(port, Provider, Keywords, BufferMebibytes);
            return Read(new BufferedStream(port, 1 << 16), () => DiagnosticPort.Stop(other, session))
                ?? throw new InvalidDataException("The runtime has not told all of the heap.");
        }
    }

    /// <summary>Reads one from a trace.</summary>
    /// <param name="trace">In the format of <see cref="EventTrace"/>.</param>
    /// <param name="stop">Called as soon as there is all of it: then the trace comes to its end.</param>
    /// <returns>Null if the trace does not tell all.</returns>
    /// <exception cref="IOException">It ends too early.</exception>
    /// <exception cref="InvalidDataException">It is malformed.</exception>
    public static HeapSnapshot? Read(Stream trace, Action stop)
    {
        var snapshot = new HeapSnapshot();
        new EventTrace(trace, Provider).Read((id, payload) =>
        {
            bool wasComplete = snapshot._isComplete;
            snapshot.Add(id, new PayloadReader(payload));
            if (snapshot._isComplete && !wasComplete)
            {
                stop();
            }
        });
        return snapshot.HasAll ? snapshot : null;
    }

    /// <summary>The first object of a type; -1 if there is none.</summary>
    /// <param name="type">The value of its handle.</param>
    public int FindOf(nint type) => _types.IndexOf((ulong)type);

    public string NameOf(int node) => _names.GetValueOrDefault(_types[node], "?");

    /// <summary>What an object refers to.</summary>
    public IEnumerable<int> EdgesOf(int node) => Targets(node, Offsets());

    /// <summary>
    /// The shortest way by which something is kept: from what lasts, so a field or a handle; only if there is none, from what a thread works with
    /// now, which may be gone with its next line.
    /// </summary>
    /// <param name="target">What.</param>
    /// <param name="without">An object through which no way shall lead.</param>
    /// <returns>Null if there is none.</returns>
    public HeapPath? FindPath(int target, int without)
    {
        int[] offsets = Offsets();
        ILookup<int, int> attached = _attached.Where(pair => _nodes.ContainsKey(pair.Key) && _nodes.ContainsKey(pair.Value))
            .ToLookup(pair => _nodes[pair.Key], pair => _nodes[pair.Value]);
        int[] from = new int[_types.Count];
        Array.Fill(from, -1);
        var roots = new Dictionary<int, HeapRootKind>();
        foreach (IGrouping<HeapRootKind, ulong> kind in _roots.GroupBy(root => root.Kind, root => root.Object).OrderBy(kind => kind.Key))
        {
            var queue = new Queue<int>();
            foreach (ulong address in kind)
            {
                if (_nodes.TryGetValue(address, out int node) && node != without && from[node] < 0)
                {
                    roots.Add(node, kind.Key);
                    from[node] = node;
                    queue.Enqueue(node);
                }
            }

            while (from[target] < 0 && queue.TryDequeue(out int node))
            {
                foreach (int next in Targets(node, offsets).Concat(attached[node]))
                {
                    if (from[next] < 0 && next != without)
                    {
                        from[next] = node;
                        queue.Enqueue(next);
                    }
                }
            }
        }

        if (from[target] < 0)
        {
            return null;
        }

        var way = new List<int>();
        int at = target;
        while (from[at] != at)
        {
            at = from[at];
            way.Insert(0, at);
        }

        // Static fields of what is never unloaded are elements of arrays that the runtime has handles to. Those of the target's own are no
        // roots, though they are told in the same way.
        string[] fields = way.Count > 1 && roots[at] == HeapRootKind.Handle && NameOf(at) == "System.Object[]"
            ? [.. _statics.Where(told => told.Object == _addresses[way[1]]).Select(told => told.Field).Distinct(StringComparer.Ordinal)]
            : [];
        return fields.Length > 0
            ? new HeapPath(HeapRootKind.Static, fields, [.. way.Skip(1).Select(NameOf)])
            : new HeapPath(roots[at], [], [.. way.Select(NameOf)]);
    }

    private bool HasAll => _isComplete && _edgeCounts.Aggregate(0UL, (sum, count) => sum + count) == (ulong)_edges.Count;

    // Where the edges of each object begin: the runtime tells them in the order of the objects.
    private int[] Offsets()
    {
        int[] offsets = new int[_edgeCounts.Count + 1];
        for (int i = 0; i < _edgeCounts.Count; i++)
        {
            offsets[i + 1] = offsets[i] + (int)_edgeCounts[i];
        }

        return offsets;
    }

    private IEnumerable<int> Targets(int node, int[] offsets)
    {
        for (int i = offsets[node]; i < offsets[node + 1]; i++)
        {
            if (_nodes.TryGetValue(_edges[i], out int target))
            {
                yield return target;
            }
        }
    }

    // The events' numbers and fields: dotnet/runtime, src/coreclr/vm/ClrEtwAll.man.
    private void Add(int id, PayloadReader reader)
    {
        // What comes after the end is of another moment.
        if (_isComplete)
        {
            return;
        }

        switch (id)
        {
            case 2:
                // The end of a collection: of the one that has told the objects.
                _isComplete |= _types.Count > 0;
                break;
            case 15:
                AddTypes(reader);
                break;
            case 16:
                for (uint count = Start(ref reader); count > 0; count--)
                {
                    (ulong address, byte kind, uint flags) = (reader.Pointer(), reader.Byte(), reader.UInt32());
                    reader.Pointer();
                    if ((flags & WeakRoot) == 0)
                    {
                        _roots.Add((address, kind switch { 0 => HeapRootKind.Stack, 2 => HeapRootKind.Handle, _ => HeapRootKind.Other }));
                    }
                }

                break;
            case 17:
                for (uint count = Start(ref reader); count > 0; count--)
                {
                    _attached.Add((reader.Pointer(), reader.Pointer()));
                    reader.Pointer();
                }

                break;
            case 18:
                for (uint count = Start(ref reader); count > 0; count--)
                {
                    ulong address = reader.Pointer();
                    _nodes[address] = _types.Count;
                    _addresses.Add(address);
                    reader.UInt64();
                    _types.Add(reader.UInt64());
                    ulong edges = reader.UInt64();
                    _edgeCounts.Add(edges <= int.MaxValue ? edges : throw new InvalidDataException("An object of the heap is told to refer to more than there are."));
                }

                break;
            case 19:
                for (uint count = Start(ref reader); count > 0; count--)
                {
                    _edges.Add(reader.Pointer());
                    reader.UInt32();
                }

                break;
            case 38:
                uint statics = reader.UInt32();
                reader.Skip(10);
                for (; statics > 0; statics--)
                {
                    reader.UInt64();
                    ulong address = reader.UInt64();
                    reader.Skip(12);
                    _statics.Add((address, reader.Text()));
                }

                break;
        }
    }

    private static uint Start(ref PayloadReader reader)
    {
        reader.UInt32();
        uint count = reader.UInt32();
        reader.UInt16();
        return count;
    }

    private void AddTypes(PayloadReader reader)
    {
        uint count = reader.UInt32();
        reader.UInt16();
        for (; count > 0; count--)
        {
            ulong type = reader.UInt64();
            reader.Skip(8 + 4 + 4 + 1);
            _names[type] = reader.Text();
            reader.Skip((int)Math.Min(reader.UInt32(), 1 << 16) * 8);
        }
    }
}
