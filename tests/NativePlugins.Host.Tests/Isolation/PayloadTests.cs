using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using NativePlugins.Contracts;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Isolation;
using NativePlugins.Host.Lifecycle;
using NativePlugins.Host.Platform;
using NativePlugins.Host.Services;
using NativePlugins.Host.Transport;
using Xunit;

namespace NativePlugins.Host.Tests.Isolation;

/// <summary>What follows a frame's head.</summary>
public sealed class PayloadTests
{
    private delegate object? Read(ref PayloadReader reader);

    [Fact]
    public void What_was_written_is_read() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll<int, long, byte[]>((number, large, bytes) =>
        {
            string text = System.Text.Encoding.Latin1.GetString(bytes);
            var error = new PluginRemoteError(number, text, "message", "");
            PayloadReader reader = new(new PayloadWriter()
                .Int32(number).Int64(large).Text(text).Text(null).Data(bytes).Flag(number > 0).Error(error).Error(null).UInt32((uint)number).Written);
            bool isSame = reader.Int32() == number && reader.Int64() == large && reader.Text() == text && reader.OptionalText() is null
                && reader.Data().SequenceEqual(bytes) && reader.Flag() == number > 0 && reader.Error() == error && reader.Error() is null && reader.UInt32() == (uint)number;
            reader.End();
            return isSame;
        }));

    [Fact]
    public void Whatever_the_bytes_are_nothing_beyond_them_is_read() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll<byte[], byte[]>((bytes, steps) =>
        {
            Read[] reads =
            [
                (ref PayloadReader reader) => reader.Int32(), (ref PayloadReader reader) => reader.Int64(), (ref PayloadReader reader) => reader.OptionalText(),
                (ref PayloadReader reader) => reader.Data().Length, (ref PayloadReader reader) => reader.Count(), (ref PayloadReader reader) => reader.Error(),
                (ref PayloadReader reader) => reader.Flag(), (ref PayloadReader reader) => RemoteFailures.Read(ref reader),
            ];
            var reader = new PayloadReader(bytes);
            try
            {
                foreach (byte step in steps)
                {
                    reads[step % reads.Length](ref reader);
                }
            }
            catch (ChannelException)
            {
            }

            return true;
        }));

    [Fact]
    public void Whatever_a_worker_asks_for_gets_an_answer_or_is_a_violation() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll<byte, byte[]>((operation, bytes) =>
        {
            var requests = new HostRequests("/nowhere", (_, _) => Services(), NullLogger.Instance);
            requests.Serve(new IncomingCall(Operation.Describe, Description("plugin")));
            requests.Add(new StateBuffer(100));
            try
            {
                requests.Serve(new IncomingCall((Operation)(32 + (operation % 12)), bytes));
            }
            catch (ChannelException)
            {
            }

            return true;
        }));

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("a:b")]
    public void An_id_that_leads_elsewhere_is_a_violation(string id)
    {
        var requests = new HostRequests("/nowhere", (_, _) => Services(), NullLogger.Instance);

        Assert.Throws<ChannelException>(() => requests.Serve(new IncomingCall(Operation.Describe, Description(id))));
        Assert.Null(requests.PluginId);
    }

    [Fact]
    public void A_request_before_the_description_is_a_violation()
    {
        var requests = new HostRequests("/nowhere", (_, _) => Services(), NullLogger.Instance);

        Assert.Throws<ChannelException>(() => requests.Serve(new IncomingCall(Operation.GetDataDirectory, [])));
    }

    [Fact]
    public void The_bytes_are_those_of_the_page()
    {
        byte[] greeting = new byte[ChannelGreeting.Size], head = new byte[ChannelFrame.Size];
        new ChannelGreeting(ChannelGreeting.Version, 0x12, WorkerFilter.Filtered | WorkerFilter.AllowProcesses).WriteTo(greeting);
        new ChannelFrame(FrameKind.Return, Operation.None, 0x01020304, 0x05060708, -2, 9).WriteTo(head);

        Assert.Equal("4E50574F524B00000400000012000000" + "0900000000000000", Convert.ToHexString(greeting));
        Assert.Equal("09000000" + "02000000" + "04030201" + "08070605" + "FEFFFFFF" + "00000000", Convert.ToHexString(head));
    }

    [Fact]
    public void An_error_of_a_load_keeps_its_type_and_its_words()
    {
        var thrown = new PluginCreateFailedException(new PluginFailure("it failed") { Expected = "this", Found = "that", Remote = new PluginRemoteError(-1, "type", "message", "stack") });
        var reader = new PayloadReader(RemoteFailures.Write(new PayloadWriter(), thrown).Written);

        PluginException read = RemoteFailures.Read(ref reader);

        Assert.IsType<PluginCreateFailedException>(read);
        Assert.Equal((thrown.Message, thrown.Remote), (read.Message, read.Remote));
    }

    private static byte[] Description(string id) => new PayloadWriter()
        .Text(id).Text("name").Text("1.0.0").Int32(1).Int32(0).Text("C").Int32((int)PluginRuntime.None).Text("").Flag(true).Written.ToArray();

    private static InstanceServices Services() => new(
        new NoServices(), new CallerActivities(), new InstanceObjects(new PluginDescription("plugin", "name", "1.0.0", new Version(1, 0), "C", PluginRuntime.None, "", true), new PluginDataLimits(), NullLogger.Instance));

    private sealed class NoServices : IHostServices
    {
        public string InstalledDirectory => "";

        public bool IsLogEnabled(int level) => level > 2;

        public void WriteLog(PluginLogRecord record)
        {
        }

        public string? GetSetting(string key) => null;

        public IEnumerable<(string Key, string Value)> Settings() => [("key", "value")];

        public string GetDataDirectory() => throw new IOException("no directory");

        public nint FindOffered(ReadOnlySpan<byte> id) => 0;

        public void End()
        {
        }
    }
}
