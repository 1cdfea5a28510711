using System.Diagnostics;
using System.Net.Sockets;
using NativePlugins.Binary.Findings;

namespace NativePlugins.Binary.Tests;

/// <summary>Paths that are refused because they lead to no library file at all.</summary>
public sealed class PreflightFileTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_missing_file_is_not_found() =>
        Libraries.Refused(BinaryErrors.NotFound, () => Libraries.Check(_temp["nothing"]));

    [Fact]
    public void A_directory_is_refused() =>
        Libraries.Refused(BinaryErrors.NotRegularFile, () => Libraries.Check(_temp.Path));

    [Fact]
    public void A_device_is_refused()
    {
        var e = Libraries.Refused(BinaryErrors.NotRegularFile, () => Libraries.Check("/dev/zero"));
        Assert.Equal("NP2001", e.Code);
    }

    [Fact]
    public void A_pipe_without_a_writer_is_refused_at_once()
    {
        using Process process = Process.Start("mkfifo", [_temp["pipe"]]);
        process.WaitForExit();

        Libraries.Refused(BinaryErrors.NotRegularFile, () => Libraries.Check(_temp["pipe"]));
    }

    [Fact]
    public void A_socket_is_refused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

        // A socket's address has at most 108 bytes.
        string address = Path.Combine(Path.GetTempPath(), $"np-{Environment.ProcessId}");
        socket.Bind(new UnixDomainSocketEndPoint(address));
        File.Move(address, _temp["s"]);

        var e = Libraries.Refused(BinaryErrors.NotRegularFile, () => Libraries.Check(_temp["s"]));
        Assert.Equal("a socket", e.Found);
    }

    [Fact]
    public void A_loop_of_links_is_refused()
    {
        _temp.Link("a", "a");

        Libraries.Refused(BinaryErrors.FileAccess, () => Libraries.Check(_temp["a"]));
    }

    [Fact]
    public void An_empty_file_is_too_short()
    {
        var e = Libraries.Refused(BinaryErrors.FileTooShort, () => Libraries.Check(_temp.WriteFile("x.so")));
        Assert.Equal("an empty file", e.Found);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(20)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(4096)]
    public void A_library_that_was_cut_is_too_short(int length)
    {
        byte[] start = File.ReadAllBytes(CCompiler.Plugin())[..length];

        var e = Libraries.Refused(BinaryErrors.FileTooShort, () => Libraries.Check(_temp.WriteFile("x.so", start)));
        Assert.Equal($"{length:N0} bytes", e.Found);
    }

    [Fact]
    public void Twenty_zero_bytes_are_no_library() =>
        Libraries.Refused(BinaryErrors.Format, () => Libraries.Check(_temp.WriteFile("x.so", new byte[20])));

    [Theory]
    [InlineData("Hello, world! This is text.", "text that begins 'Hello, world! This is te'")]
    [InlineData("#!/bin/sh\nexit", "a script")]
    [InlineData("!<arch>\nabc", "a static library (ar archive)")]
    [InlineData("/* GNU ld script */", "text that begins '/* GNU ld script */'")]
    [InlineData("ab\u001B[31mcd", "text that begins 'ab\\u001B[31mcd'")]
    [InlineData("PK\u0003\u0004....", "a ZIP archive")]
    public void What_is_no_library_is_described(string content, string found)
    {
        string path = _temp.WriteFile("x.so", System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Equal(found, Libraries.Refused(BinaryErrors.Format, () => Libraries.Check(path)).Found);
    }

    [Fact]
    public void A_Java_class_is_not_taken_for_a_universal_library()
    {
        string path = _temp.WriteFile("x.so", 0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 65, 0, 0);

        Assert.Equal("a Java class file", Libraries.Refused(BinaryErrors.Format, () => Libraries.Check(path)).Found);
    }
}
