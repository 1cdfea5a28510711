using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativePlugins.Contracts.Interop;

/// <summary>Elements one after the other, with a pointer to the first and their number. What is plain is copied in one piece, or not at all.</summary>
internal static unsafe class DataList
{
    /// <param name="array">The array that holds the elements, if it is one.</param>
    public static void Write<T, TData>(DataArena arena, ReadOnlySpan<T> items, T[]? array, byte* cell)
        where TData : IDataShape<T>
    {
        // A pointer that is NULL would mean null, so that an empty list points at something.
        if (items.IsEmpty)
        {
            *(NativeList*)cell = new NativeList(arena.Allocate(1), 0);
            return;
        }

        nuint size = (nuint)items.Length * (nuint)TData.Size;
        if (TData.IsPlain)
        {
            *(NativeList*)cell = new NativeList(arena.Elements(items, array, size), (nuint)items.Length);
            return;
        }

        arena.Descend();
        byte* first = arena.Allocate(size), next = first;
        foreach (T item in items)
        {
            TData.Write(arena, item, next);
            next += TData.Size;
        }

        arena.Ascend();
        *(NativeList*)cell = new NativeList(first, (nuint)items.Length);
    }

    public static void WriteItems<T, TData>(DataArena arena, IEnumerable<T> items, int count, byte* cell)
        where TData : IDataShape<T>
    {
        switch (items)
        {
            case T[] array:
                Write<T, TData>(arena, array, array, cell);
                return;
            case List<T> list:
                Write<T, TData>(arena, CollectionsMarshal.AsSpan(list), null, cell);
                return;
        }

        if (count == 0)
        {
            Write<T, TData>(arena, [], null, cell);
            return;
        }

        arena.Descend();
        byte* first = arena.Allocate((nuint)count * (nuint)TData.Size);
        int written = 0;
        foreach (T item in items)
        {
            if (written == count)
            {
                throw new InvalidDataException("A collection has more elements than its Count says: it must not change during a call.");
            }

            TData.Write(arena, item, first + ((nuint)written++ * (nuint)TData.Size));
        }

        arena.Ascend();
        *(NativeList*)cell = new NativeList(first, (nuint)written);
    }

    public static T[] Read<T, TData>(ref DataReader reader, byte* cell)
        where TData : IDataShape<T>
    {
        NativeList list = *(NativeList*)cell;
        int count = reader.Length(list.Items, list.Count, "count");
        reader.Take(list.Count, TData.Size);
        if (count == 0)
        {
            return [];
        }

        byte* next = (byte*)list.Items;
        T[] items = TData.IsPlain ? GC.AllocateUninitializedArray<T>(count) : new T[count];
        if (TData.IsPlain)
        {
            ref byte target = ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(items));
            for (nuint done = 0, size = list.Count * (nuint)TData.Size; done < size; done += int.MaxValue)
            {
                int part = (int)nuint.Min(size - done, int.MaxValue);
                new ReadOnlySpan<byte>(next + done, part).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, done), part));
            }

            return items;
        }

        reader.Descend();
        for (int i = 0; i < items.Length; i++, next += TData.Size)
        {
            items[i] = TData.Read(ref reader, next);
        }

        reader.Ascend();
        return items;
    }
}
