using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Json;

/// <summary>
/// Where in the body the reader stands, and the faults found so far. The pointer becomes a string only where there is a
/// fault, so that a request in order pays nothing for it.
/// </summary>
internal sealed class BodyFaults : FaultCollector
{
    /// <summary>Array items and free members a body may have, else a few megabytes of <c>{}</c> become gigabytes.</summary>
    public const int MostItems = 250_000;

    private readonly List<(string? Member, int Index)> _steps = new(8);
    private int _items;

    /// <summary>Steps down to a member.</summary>
    public void Enter(string member) => _steps.Add((member, 0));

    /// <summary>Steps down to an array's item.</summary>
    public void Enter(int index) => _steps.Add((null, index));

    /// <summary>Steps up again.</summary>
    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>Whether the body may have one more item.</summary>
    public bool TakeItem() => ++_items <= MostItems;

    /// <summary>Notes a fault at the value where the reader stands.</summary>
    public void Add(string code, [InterpolatedStringHandlerArgument("")] FaultWords message) => Add($"{Pointer()}", code, message);

    /// <summary>Notes a fault at a member of the object where the reader stands.</summary>
    public void AddIn(string member, string code, string message) => Add($"{Pointer()}/{FaultText.Step(member)}", code, message);

    private string Pointer()
    {
        var pointer = new StringBuilder();
        foreach (var (member, index) in _steps)
        {
            pointer.Append('/').Append(member is null ? index.ToString(CultureInfo.InvariantCulture) : FaultText.Step(member));
        }

        return pointer.ToString();
    }
}
