namespace ImageTool;

/// <summary>PNG files. One that is written appears when it is complete: until then it has another name beside its own.</summary>
internal static class PngFile
{
    // About what a picture of the largest size takes that hardly compresses.
    private const long MaxBytes = 1L << 30;

    /// <exception cref="PngException">It is none that can be read.</exception>
    public static Picture Read(string path, CancellationToken cancellationToken)
    {
        byte[] file;
        using (FileStream stream = File.OpenRead(path))
        {
            if (!stream.CanSeek)
            {
                throw new IOException($"'{path}' is no regular file");
            }

            if (stream.Length > MaxBytes)
            {
                throw new PngException($"'{path}' has {stream.Length} bytes; {MaxBytes} at most were expected");
            }

            file = new byte[stream.Length];
            stream.ReadExactly(file);
        }

        try
        {
            return PngReader.Read(file, cancellationToken);
        }
        catch (PngException e)
        {
            throw new PngException($"'{path}' cannot be read as a PNG file: {e.Message}");
        }
    }

    public static void Write(string path, Picture picture, CancellationToken cancellationToken)
    {
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(full) ?? full, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                PngWriter.Write(stream, picture, cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
