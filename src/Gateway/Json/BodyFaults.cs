using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Json;

/// <summary>
/// Where in the body the reader stands, and the faults found so far. The pointer becomes a string only where there is a
/// fault, so that a request in order pays nothing for it.
/// </summary>
internal sealed class BodyFaults
{
    /// <summary>Array items and free members a body may have, else a few megabytes of <c>{}</c> become gigabytes.</summary>
    public const int MostItems = 250_000;

    private const int MostFaults = 10_000;

    private readonly List<(string? Member, int Index)> _steps = new(8);
    private readonly ImmutableArray<Fault>.Builder _faults = ImmutableArray.CreateBuilder<Fault>(0);
    private int _items;

    public bool Any => _faults.Count > 0;

    /// <summary>Steps down to a member.</summary>
    public void Enter(string member) => _steps.Add((member, 0));

    /// <summary>Steps down to an array's item.</summary>
    public void Enter(int index) => _steps.Add((null, index));

    /// <summary>Steps up again.</summary>
    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>Whether the body may have one more item.</summary>
    public bool TakeItem() => ++_items <= MostItems;

    /// <summary>Notes a fault at the value where the reader stands.</summary>
    public void Add(string code, string message) => AddAt(Pointer(), code, message);

    /// <summary>Notes a fault at a member of the object where the reader stands.</summary>
    public void Add(string member, string code, string message) => AddAt($"{Pointer()}/{Step(member)}", code, message);

    /// <summary>Notes a fault anywhere.</summary>
    public void AddAt(string pointer, string code, string message)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new() { Pointer = pointer, Code = code, Message = message });
        }
    }

    public ImmutableArray<Fault> ToImmutable() => _faults.ToImmutable();

    /// <summary>A member's name as a step of a JSON pointer (RFC 6901).</summary>
    public static string Step(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var (member, index) in _steps)
        {
            pointer.Append('/').Append(member is null ? index.ToString(CultureInfo.InvariantCulture) : Step(member));
        }

        return pointer.ToString();
    }
}
