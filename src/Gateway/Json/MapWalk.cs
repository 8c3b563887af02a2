using System.Text.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Json;

/// <summary>Goes through an object whose members' names are the caller's own: ports, headers. What lies beyond a number is counted and passed over.</summary>
internal ref struct MapWalk(BodyFaults faults, int most = BodyFaults.MostItems)
{
    private HashSet<string>? _seen;
    private bool _inside;
    private int _next;

    /// <summary>Moves to the value of the next member.</summary>
    /// <param name="json">The reader, inside the object.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="repeated">The fault of a name that comes twice, of which only the first is taken.</param>
    public bool Next(ref Utf8JsonReader json, string repeated, out string name)
    {
        if (_inside)
        {
            faults.Leave();
            _inside = false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (_next == most || !faults.TakeItem())
            {
                PassOver(ref json);
                break;
            }

            _next++;
            name = JsonValues.Text(ref json) ?? "";
            faults.Enter(name);
            if ((_seen ??= new(StringComparer.Ordinal)).Add(name))
            {
                _inside = true;
                json.Read();
                return true;
            }

            faults.Add(repeated, $"'{Shown.Short(name)}' is given twice.");
            faults.Leave();
            json.Skip();
        }

        name = "";
        return false;
    }

    private readonly void PassOver(ref Utf8JsonReader json)
    {
        var count = _next;
        do
        {
            json.Skip();
            count++;
        }
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName);

        faults.Add(FaultCodes.TooLarge, $"There are {count} members; {Math.Min(_next, most)} are allowed.");
    }
}
