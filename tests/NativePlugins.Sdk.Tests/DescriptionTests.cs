using NativePlugins.Abi;
using NativePlugins.Sdk.Tests.Hosting;

namespace NativePlugins.Sdk.Tests;

public unsafe class DescriptionTests
{
    [Fact]
    public void The_entry_hands_out_what_the_attribute_says()
    {
        np_plugin_description* description = PluginUnderTest.Scripted.Description;

        Assert.Equal((uint)sizeof(np_plugin_description), description->struct_size);
        Assert.Equal(np.NP_MAGIC, description->magic);
        Assert.Equal((1u, 0u), (description->abi_major, description->abi_minor));
        Assert.Equal(np.NP_LAYOUT_HASH, description->layout_hash);
        Assert.Equal((uint)sizeof(void*), description->pointer_size);
        Assert.Equal(0u, description->flags);
        Assert.Equal("scripted", Utf8Text.Decode(description->id, description->id_length));
        Assert.Equal("Scripted ✓", Utf8Text.Decode(description->name, description->name_length));
        Assert.Equal("1.2.3-beta.4+build", Utf8Text.Decode(description->version, description->version_length));
        Assert.Equal("C#", Utf8Text.Decode(description->language, description->language_length));
    }

    [Fact]
    public void Under_a_JIT_the_runtime_is_the_one_that_runs_it()
    {
        np_plugin_description* description = PluginUnderTest.Scripted.Description;

        Assert.Equal(np.NP_RUNTIME_OTHER, description->runtime);
        Assert.Equal(Environment.Version.ToString(), Utf8Text.Decode(description->runtime_version, description->runtime_version_length));
    }

    [Fact]
    public void The_name_is_the_id_when_none_is_set()
    {
        var plugin = new PluginUnderTest("[NativePlugins.Sdk.Plugin(\"nameless\", Version = \"1.0.0\")] class Nameless;");

        Assert.Equal("nameless", Utf8Text.Decode(plugin.Description->name, plugin.Description->name_length));
    }

    [Fact]
    public void The_entry_gives_the_same_answer_to_several_threads()
    {
        var plugin = new PluginUnderTest("[NativePlugins.Sdk.Plugin(\"threads\", Version = \"1.0.0\")] class Threads;");
        var answers = new nint[64];

        Parallel.For(0, answers.Length, i => answers[i] = (nint)plugin.Description);

        Assert.Single(answers.Distinct());
    }

    [Fact]
    public void The_entry_refuses_a_NULL_address() =>
        Assert.Equal(np.NP_E_INVALID_ARGUMENT, PluginUnderTest.Scripted.Enter(null));
}
