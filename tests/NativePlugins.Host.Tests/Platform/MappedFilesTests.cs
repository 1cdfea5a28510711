using NativePlugins.Host.Platform;
using Xunit;

namespace NativePlugins.Host.Tests.Platform;

public sealed class MappedFilesTests
{
    [Fact]
    public void Mappings_of_a_file_are_added_up_also_when_it_is_deleted()
    {
        const string Smaps = """
            7f5ce6c00000-7f5ce6c06000 r--p 00000000 fe:00 11796902                   /tmp/a directory/libx.so (deleted)
            Size:                 24 kB
            KernelPageSize:        4 kB
            Rss:                  20 kB
            Anonymous:             0 kB
            VmFlags: rd mr mw me
            7f5ce6e16000-7f5ce6e1a000 rw-p 00216000 fe:00 11796902                   /tmp/a directory/libx.so (deleted)
            Size:                 16 kB
            Rss:                  16 kB
            Anonymous:            12 kB
            7f5ce6e1a000-7f5ce6e8a000 rw-p 00000000 00:00 0
            Size:                448 kB
            Rss:                 400 kB
            Anonymous:           400 kB
            7ffc5c9f9000-7ffc5ca1a000 rw-p 00000000 00:00 0                          [stack]
            Size:                132 kB
            Anonymous:            16 kB
            """;

        Dictionary<string, MappedUsage> files = MappedFiles.Read(Smaps.Split('\n'));

        Assert.Equal(new MappedUsage(2, 40 * 1024, 36 * 1024, 12 * 1024), Assert.Single(files, file => file.Key == "/tmp/a directory/libx.so").Value);
        Assert.Single(files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Size: 4 kB")]
    [InlineData("no colon at all")]
    [InlineData("7f-8f r--p 00000000 00:00 0 /x\nSize: many kB\nRss: 999999999999999999999 kB\nAnonymous: kB")]
    public void What_cannot_be_understood_counts_for_nothing(string smaps) =>
        Assert.All(MappedFiles.Read(smaps.Split('\n')).Values, usage => Assert.Equal(0, usage.Bytes + usage.Resident + usage.Modified));
}
