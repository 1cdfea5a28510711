using System.Reflection;
using NativePlugins.Abi;
using NativePlugins.Sdk.Tests.Generation;

namespace NativePlugins.Sdk.Tests.Hosting;

/// <summary>A plugin that was compiled with the generator and is called through its emitted entry, under the JIT.</summary>
internal sealed unsafe class PluginUnderTest
{
    private static readonly Lazy<PluginUnderTest> s_scripted = new(() => new(TestCompilation.Resource("ScriptedPlugin.cs")));

    private readonly delegate* unmanaged[Cdecl]<np_plugin_description**, int> _entry;

    public PluginUnderTest(string source)
    {
        Assembly = Assembly.Load(PluginCompilation.Emit(source));
        MethodInfo enter = Assembly.GetType("NativePlugins.Generated.PluginEntry", throwOnError: true)!
            .GetMethod("Enter", BindingFlags.Static | BindingFlags.NonPublic)!;
        _entry = (delegate* unmanaged[Cdecl]<np_plugin_description**, int>)enter.MethodHandle.GetFunctionPointer();
    }

    public static PluginUnderTest Scripted => s_scripted.Value;

    public Assembly Assembly { get; }

    public np_plugin_description* Description
    {
        get
        {
            np_plugin_description* description;
            Assert.Equal(np.NP_OK, _entry(&description));
            return description;
        }
    }

    public int Enter(np_plugin_description** description) => _entry(description);

    /// <summary>A public static member of the plugin's class.</summary>
    public T Static<T>(string name) => (T)Assembly.GetType("ScriptedPlugin")!.InvokeMember(
        name, BindingFlags.GetField | BindingFlags.GetProperty | BindingFlags.Static | BindingFlags.Public, null, null, null, null)!;

    /// <summary>Creates an instance, or gives null and why not.</summary>
    public (TestInstance? Instance, TestOutcome Outcome) TryCreate(TestHost host)
    {
        TestOutcome outcome = TestPlugin.Of(Assembly).TryCreate(host, out TestInstance? instance);
        return (instance, outcome);
    }

    public TestInstance Create(TestHost host)
    {
        (TestInstance? instance, TestOutcome outcome) = TryCreate(host);
        Assert.True(instance is not null, outcome.ToString());
        return instance;
    }

    public TestInstance CreateStarted(TestHost host)
    {
        TestInstance instance = Create(host);
        Assert.Equal(new TestOutcome(np.NP_OK, null), instance.Start());
        return instance;
    }
}
