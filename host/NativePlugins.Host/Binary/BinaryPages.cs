namespace NativePlugins.Host;

/// <summary>
/// A file's bytes where many small tables and texts are read here and there: in pages, each read once. Not thread-safe.
/// </summary>
internal sealed class BinaryPages(BinaryFile file)
{
    private const int PageSize = 8 << 10;

    private readonly Dictionary<ulong, byte[]> _pages = [];

    /// <summary>Copies out what stands at <paramref name="offset"/>, which must lie in the file.</summary>
    /// <param name="what">What is read, to be named when the file ends too early.</param>
    public void Read(ulong offset, Span<byte> destination, string what)
    {
        while (!destination.IsEmpty)
        {
            byte[] page = Page(offset / PageSize, what);
            ReadOnlySpan<byte> rest = page.AsSpan(Math.Min((int)(offset % PageSize), page.Length));
            int count = Math.Min(rest.Length, destination.Length);
            if (count == 0)
            {
                throw FileFailures.TooShort(file.Path, what, offset + (ulong)destination.Length, file.Size);
            }

            rest[..count].CopyTo(destination);
            destination = destination[count..];
            offset += (ulong)count;
        }
    }

    private byte[] Page(ulong number, string what)
    {
        if (!_pages.TryGetValue(number, out byte[]? page))
        {
            ulong start = number * PageSize;
            page = start >= file.Size ? [] : file.ReadTable(start, Math.Min(PageSize, file.Size - start), what);
            _pages.Add(number, page);
        }

        return page;
    }
}
