using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>What a thread keeps of the objects whose memory plugins know.</summary>
public class NativeShelfTests
{
    [Fact]
    public void What_was_returned_rests_until_eight_others_were() => Prop.ForAll<bool[]>(steps =>
    {
        var shelf = new NativeShelf<Item>(new NativePool<Item>(() => new Item()));
        var rented = new Stack<Item>();
        int returns = 0;
        foreach (bool isReturn in steps.Concat(Enumerable.Repeat(false, 3)).Concat(Enumerable.Repeat(true, 20)))
        {
            if (!isReturn)
            {
                Item item = shelf.Rent();
                Assert.False(item.IsRented);
                Assert.True(item.ReturnedAt == 0 || returns - item.ReturnedAt >= 8);
                item.IsRented = true;
                rented.Push(item);
            }
            else if (rented.TryPop(out Item? item))
            {
                item.IsRented = false;
                item.ReturnedAt = ++returns;
                shelf.Return(item);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_thread_uses_again_what_it_has_returned()
    {
        int made = 0;
        var shelf = new NativeShelf<Item>(new NativePool<Item>(() => new Item { Number = ++made }));
        for (int i = 0; i < 1000; i++)
        {
            shelf.Return(shelf.Rent());
        }

        Assert.Equal(9, made);
    }

    [Fact]
    public void The_next_threads_use_what_a_thread_that_has_ended_kept()
    {
        int made = 0;
        var pool = new NativePool<Item>(() => new Item { Number = Interlocked.Increment(ref made) });
        for (int i = 0; i < 20; i++)
        {
            var thread = new Thread(() => Use(pool));
            thread.Start();
            thread.Join();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(made, 1, 100);
    }

    // Each thread makes nine if nothing is left for it: 180.
    private static void Use(NativePool<Item> pool)
    {
        var shelf = new NativeShelf<Item>(pool);
        for (int i = 0; i < 50; i++)
        {
            shelf.Return(shelf.Rent());
        }
    }

    private sealed class Item
    {
        public int Number { get; init; }

        public bool IsRented { get; set; }

        public int ReturnedAt { get; set; }
    }
}
