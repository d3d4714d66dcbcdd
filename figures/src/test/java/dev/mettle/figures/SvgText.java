package dev.mettle.figures;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

/** An SVG file read as XML. */
record SvgText(Document document) {
    /** Reads a file; one that is not well-formed fails the test. */
    static SvgText read(Path file) throws IOException {
        try {
            return new SvgText(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
        } catch (ParserConfigurationException | SAXException e) {
            throw new AssertionError(file + " is not well-formed", e);
        }
    }

    String root(String attribute) {
        return document.getDocumentElement().getAttribute(attribute);
    }

    String first(String element) {
        return document.getElementsByTagName(element).item(0).getTextContent();
    }

    int count(String element) {
        return document.getElementsByTagName(element).getLength();
    }

    List<String> texts() {
        return elements("text").stream().map(Element::getTextContent).toList();
    }

    Set<String> fontSizes() {
        Set<String> sizes = new TreeSet<>();
        elements("text").forEach(text -> sizes.add(text.getAttribute("font-size")));
        return sizes;
    }

    /** Returns the number of marks of data of that kind; axes and legends are not counted. */
    int marks(String kind) {
        return elements("path").stream()
                .filter(path ->
                        ((Element) path.getParentNode())
                                .getAttribute("class")
                                .startsWith("mark-" + kind + " role-mark"))
                .toList()
                .size();
    }

    private List<Element> elements(String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
