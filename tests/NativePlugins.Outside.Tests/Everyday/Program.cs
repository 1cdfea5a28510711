// Calls each contract of each plugin that is named: a line for what does not come back as it went, and one for the plugin.
using System.Collections.Immutable;
using Everyday;
using NativePlugins.Host;

var options = new PluginHostOptions { AllowUntrustedDirectories = true, CheckManifest = false };
options.Development.AllowManaged = true;
await using var host = new PluginHost(options);
foreach (string path in args)
{
    Plugin plugin = host.Load(path);
    int right = 0, all = 0;
    foreach ((string name, Func<Plugin, Task<bool>> holds) in Checks())
    {
        all++;
        try
        {
            bool holdsHere = await holds(plugin);
            right += holdsHere ? 1 : 0;
            if (!holdsHere)
            {
                Console.WriteLine($"{plugin.Description.Language}: {name} differs");
            }
        }
        catch (Exception e)
        {
            Console.WriteLine($"{plugin.Description.Language}: {name}: {e}");
        }
    }

    Console.WriteLine($"{plugin.Description.Language}: {right} of {all}");
}

return 0;

static (string, Func<Plugin, Task<bool>>)[] Checks()
{
    var ada = new Person("Ada", 36, "ada@example.org");
    var bob = new Person("Bob", 12);
    Guid id = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff");
    return
    [
        Same<IText>("text", p => p.Echo("grüße") == "grüße" && p.Echo("") == ""),
        Same<IMaybeText>("string?", p => p.Echo(null) is null && p.Echo("") == "" && p.Echo("x") == "x"),
        Same<IMaybeNumber>("int?", p => p.Echo(null) is null && p.Echo(-5) == -5),
        Same<ITexts>("string[]", p => p.Echo(["a", "", "ü"]) is ["a", "", "ü"] && p.Echo([]).Length == 0),
        Same<INumbers>("List<long>", p => p.Echo([1, long.MinValue]) is [1, long.MinValue]),
        Same<IReadOnly>("IReadOnlyList<string>", p => p.Echo(["a", "b"]) is ["a", "b"]),
        Same<IImmutable>("ImmutableArray<int>", p => p.Echo([1, 2, 3]) is [1, 2, 3]),
        Same<IDictionaryOf>("Dictionary<string, int>", p => p.Echo(new() { ["a"] = 1, ["b"] = 2 }) is { Count: 2 } d && d["b"] == 2),
        Same<IDirectory>("IReadOnlyDictionary<string, Person>", p => p.Echo(new Dictionary<string, Person> { ["a"] = ada })["a"] == ada),
        Same<ISetOf>("HashSet<string>", p => p.Echo(["a", "b"]).SetEquals(["b", "a"])),
        Same<IRecord>("record", p => p.Echo(ada) == ada && p.Echo(bob) == bob),
        Same<IMaybeRecord>("record?", p => p.Echo(null) is null && p.Echo(bob) == bob),
        Same<ICases>("hierarchy", p => p.Echo(new Cash(1.5m)) == new Cash(1.5m) && p.Echo(new Card(2m, "1234")) == new Card(2m, "1234")),
        Same<IGuid>("Guid", p => p.Echo(id) == id),
        Same<IInstant>("DateTimeOffset", p => p.Echo(new(2026, 2, 3, 4, 5, 6, TimeSpan.FromHours(2))) is { Hour: 4, Offset.Hours: 2 }),
        Same<IUtc>("DateTime", p => p.Echo(DateTime.UnixEpoch.AddTicks(7)) == DateTime.UnixEpoch.AddTicks(7)),
        Same<IDate>("DateOnly", p => p.Echo(new(2026, 2, 3)) == new DateOnly(2026, 2, 3)),
        Same<ITime>("TimeOnly", p => p.Echo(new(4, 5, 6)) == new TimeOnly(4, 5, 6)),
        Same<ITimeSpan>("TimeSpan", p => p.Echo(TimeSpan.FromTicks(-3)) == TimeSpan.FromTicks(-3)),
        Same<IDecimal>("decimal", p => p.Echo(-12.3450m) == -12.345m),
        Same<IHalf>("Half", p => p.Echo((Half)1.5) == (Half)1.5),
        Same<IInt128>("Int128", p => p.Echo(Int128.MinValue + 1) == Int128.MinValue + 1),
        Same<ITuple>("tuple", p => p.Echo((5, "five")) == (5, "five")),
        Same<IUri>("Uri", p => p.Echo(new Uri("https://example.org/a?b")) == new Uri("https://example.org/a?b")),
        Same<IVersion>("Version", p => p.Echo(new Version(1, 2, 3)) == new Version(1, 2, 3)),
        Same<IEnum>("enum", p => p.Echo(Level.Low) == Level.Low && p.Echo(Level.High) == Level.High),
        Same<IProperty>("property", p => { p.Name = "named"; return p.Name == "named"; }),
        Same<IEvent>("event", p =>
        {
            List<string> heard = [];
            Action<string> handler = heard.Add;
            p.Said += handler;
            p.Say("once");
            p.Said -= handler;
            p.Say("twice");
            return heard is ["once"];
        }),
        Later<ITask>("Task<T>", async p => await p.EchoAsync("later", CancellationToken.None) == "later"),
        Later<IStream>("IAsyncEnumerable<T>", async p =>
        {
            int sum = 0;
            await foreach (int number in p.CountAsync(10))
            {
                sum += number;
            }

            return sum == 45;
        }),
        Same<IAction>("Action<T>", p => { int sum = 0; p.Each(5, i => sum += i); return sum == 10; }),
        Same<IFunc>("Func<T, U>", p => p.Convert("a", text => text + "!") == "a!"),
        Same<IFactory>("interface as a result, IDisposable", p =>
        {
            using ISession session = p.Open("opened");
            return session.GetName() == "opened";
        }),
        Same<IOut>("out", p => p.TryFind("Ada", out Person? found) && found == new Person("Ada", 36) && !p.TryFind("Bob", out found) && found is null),
        Same<IRef>("ref", p => { string text = "a"; p.Append(ref text, "b"); return text == "ab"; }),
        Same<ISpan>("Span<T>", p => { byte[] bytes = [1, 2, 3]; p.Reverse(bytes); return bytes is [3, 2, 1]; }),
        Same<IDerived>("inheritance", p => p.Echo("base") == "base" && p.Twice("ab") == "abab"),
        Same<Outer.INested>("nested in a static class", p => p.Echo("inner") == "inner"),
    ];

    static (string, Func<Plugin, Task<bool>>) Same<T>(string name, Func<T, bool> holds) where T : class, NativePlugins.Contracts.IPluginContract<T> =>
        (name, plugin => Task.FromResult(holds(plugin.Get<T>())));

    static (string, Func<Plugin, Task<bool>>) Later<T>(string name, Func<T, Task<bool>> holds) where T : class, NativePlugins.Contracts.IPluginContract<T> =>
        (name, plugin => holds(plugin.Get<T>()));
}
