namespace NativePlugins.Torture;

/// <summary>What must not happen and did. Thread-safe.</summary>
internal sealed class Violations
{
    private const int Shown = 50;

    private readonly Lock _lock = new();
    private readonly List<string> _first = [];

    public int Count { get; private set; }

    public void Add(string text)
    {
        lock (_lock)
        {
            Count++;
            if (_first.Count < Shown)
            {
                _first.Add(text);
            }
        }
    }

    public void Require(bool isRight, string text)
    {
        if (!isRight)
        {
            Add(text);
        }
    }

    public void Print()
    {
        lock (_lock)
        {
            _first.ForEach(text => Console.WriteLine($"wrong: {text}"));
            Console.WriteLine($"{Count} violations");
        }
    }
}
